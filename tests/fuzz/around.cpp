// What stands around documents: every text is gone through, and cuts change nothing.
#include "json/around.hpp"

#include <algorithm>

#include "target.hpp"

using namespace gird;
using namespace gird::json;

namespace {

using Answer = Around::Answer;

bool same(const Around& a, const Around& b) {
  return a.answer == b.answer && a.size == b.size && a.kind == b.kind &&
         a.confidence == b.confidence && a.then.inside == b.then.inside &&
         a.then.fence == b.then.fence && a.then.quote == b.then.quote &&
         a.then.bracket == b.then.bracket && a.then.any_document == b.then.any_document;
}

/// What a growing window tells in the end.
Around asked_in_pieces(std::string_view text, Surroundings here, const Settings& settings,
                       std::size_t piece) {
  for (std::size_t size = 0; size < text.size(); size += piece) {
    const Around next = look_around(text.substr(0, size), false, here, settings);
    if (next.answer != Answer::more) return next;
    here = next.then;
  }
  return look_around(text, true, here, settings);
}

/// Where a document that starts at the head of `text` might end: the grammar is not asked here.
std::size_t document_size(std::string_view text) {
  const std::size_t end = text.find_first_of("}])\n`", 1);
  return std::min(end == std::string_view::npos ? end : end + 1, text.size());
}

void go_through(std::string_view text, const Settings& settings, std::size_t piece) {
  Surroundings here;
  for (;;) {
    const Around next = look_around(text, true, here, settings);
    fuzz::hold(next.answer != Answer::more, "a whole text is enough");
    const Around pieces = asked_in_pieces(text, here, settings, piece);
    const bool blanks = next.answer == Answer::blank && pieces.answer == Answer::blank;
    fuzz::hold(blanks || same(next, pieces), "cuts change nothing");
    here = next.then;
    if (next.answer == Answer::end) {
      fuzz::hold(text.empty(), "the end is the end");
      return;
    }
    fuzz::hold(next.size <= text.size(), "what is dropped is there");
    fuzz::hold((next.size == 0) == (next.answer == Answer::document), "it goes on");
    fuzz::hold(settings.extract != Extract::none || next.answer != Answer::drop ||
                   next.kind != Kind::prose,
               "no prose where all is JSON");
    text.remove_prefix(next.answer == Answer::document ? document_size(text) : next.size);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  Settings settings;
  settings.profile = static_cast<Profile>(data[0] % 4);
  settings.extract = static_cast<Extract>(data[0] / 4 % 5);
  go_through(fuzz::text_of(data + 2, size - 2), settings, std::size_t{1} + data[1] % 16);
  return 0;
}
