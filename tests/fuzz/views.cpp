// Any text: its views are bounded in number, size and depth, each byte of one was read from bytes
// inside of the text, in order, and where there is none a second look finds none either.
#include "text/views.hpp"

#include "target.hpp"

using namespace gird;
using text::Stretch;
using text::View;
using text::Views;

namespace {

void try_view(const Views& views, const View& view, std::string_view text) {
  fuzz::hold(!view.text.empty(), "an empty view is none");
  fuzz::hold(view.steps.count() > 0 && view.steps.count() <= Views::rounds + 1, "rounds end");
  fuzz::hold(view.steps.words().size() == view.steps.count(), "each round has a word");
  Stretch before;
  for (std::size_t at = 0; at < view.text.size(); ++at) {
    const Stretch from = views.raw(view, {at, at + 1});
    fuzz::hold(from.begin < from.end && from.end <= text.size(), "bytes come from the text");
    fuzz::hold(from.begin >= before.begin && from.end >= before.end, "bytes stay in order");
    before = from;
  }
  const Stretch all = views.raw(view, {0, view.text.size()});
  fuzz::hold(all.end == before.end, "the last byte ends the whole");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  Views views;
  const auto all = views.of(text);
  fuzz::hold(all.size() <= Views::most, "there are not too many views");
  std::size_t bytes = 0;
  for (const View& view : all) {
    bytes += view.text.size();
    try_view(views, view, text);
  }
  fuzz::hold(bytes <= 4 * text.size() + 4096, "views do not outgrow their text");
  if (all.empty()) return 0;
  // The last view of a text that did not reach an end of the rounds or of the room has no views.
  const std::string last(all.back().text);
  const bool ended = all.back().steps.count() < Views::rounds && size < 512 && all.size() < 32;
  Views again;
  const auto more = again.of(last);
  fuzz::hold(!ended || more.empty() || all.back().steps.has(text::Coding::plus) ||
                 last.contains('+') || last.contains('"'),
             "rounds go on until there is nothing left");
  return 0;
}
