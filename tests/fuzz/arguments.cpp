// Command lines: the words of the command come out as they went in, and every error can be told.
#include <vector>

#include "target.hpp"
#include "unit/cli/sample.hpp"

using namespace gird;
using cli::sample::Options;

namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at <= text.size() && words.size() < 64;) {
    const std::size_t end = std::min(text.find('\0', at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::string> words = words_of(fuzz::text_of(data, size));
  std::vector<const char*> args;
  for (const std::string& word : words) args.push_back(word.c_str());

  if (const auto form = cli::sample::wrap(args)) {
    const std::vector<std::string>& rest = form->options.rest;
    fuzz::hold(rest.size() <= words.size(), "a command has no more words than were typed");
    if (form->typed.asked == cli::Asked::nothing) {
      fuzz::hold(std::equal(rest.rbegin(), rest.rend(), words.rbegin()), "a command is the end");
    }
  } else {
    fuzz::hold(form.error().fault == Fault::usage, "a wrong command line is a usage error");
    fuzz::hold(!form.error().what.empty() && !form.error().why.empty(),
               "an error says what and why");
  }
  cli::sample::strain(args);

  // Behind two dashes everything is the command, and any text can be a value.
  std::vector<const char*> guarded{"-q", "--"};
  guarded.insert(guarded.end(), args.begin(), args.end());
  const auto form = cli::sample::wrap(guarded);
  fuzz::hold(form && form->options.rest == words, "nothing behind two dashes is read");
  const std::string attached = "--name=" + words.front();
  const auto named =
      cli::sample::wrap({"--pattern", words.front().c_str(), attached.c_str(), "--"});
  fuzz::hold(named && named->options.name == words.front(), "an attached value arrives");
  fuzz::hold(named->options.patterns == std::vector{words.front()}, "a value that follows arrives");
  return 0;
}
