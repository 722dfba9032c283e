// Whatever a command prints or is called, an event line is valid JSON on one line of at most 4096
// bytes.
#include "base/record.hpp"

#include <nlohmann/json.hpp>
#include <vector>

#include "target.hpp"

using namespace gird;
using Json = nlohmann::json;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size() && words.size() < 5000;) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  JsonObject fields;
  fields.add("argv", words).bytes("line", text).add("reason", text);
  const Json whole = Json::parse(fields.text(), nullptr, false);
  fuzz::hold(whole.is_object(), "an object is JSON");
  fuzz::hold(Json::parse(pretty_json(fields.text()), nullptr, false) == whole,
             "pretty JSON is the same");

  Journal journal("retry", std::string(32, '0'));
  const std::string line = journal.line(Time{}, {"started", fields});
  fuzz::hold(line.size() <= longest_event, "a line is an atomic write");
  fuzz::hold(line.find('\n') == line.size() - 1, "a line is one line");
  const Json cut = Json::parse(line, nullptr, false);
  fuzz::hold(cut.is_object() && cut.value("event", "") == "started", "a line is JSON");
  fuzz::hold(cut.contains("truncated") || cut.at("reason") == whole.at("reason"), "a cut is told");
  // Repeated, it outgrows any limit.
  std::string longer;
  while (!text.empty() && longer.size() < 9000) longer += text;
  const std::string other = journal.line(Time{}, {"error", JsonObject().bytes("line", longer)});
  fuzz::hold(other.size() <= longest_event, "a long line is cut");
  fuzz::hold(Json::parse(other, nullptr, false).is_object(), "a cut line is JSON");
  return 0;
}
