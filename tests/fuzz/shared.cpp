// What names shared state and limits it is read strictly and written so that it reads back.
#include "base/count_range.hpp"
#include "base/name.hpp"
#include "base/rate.hpp"
#include "base/share.hpp"
#include "policy/window.hpp"
#include "target.hpp"

using namespace gird;

namespace {

template <class T>
void reads_back(std::string_view text) {
  T value;
  const auto read = from_text(text, value);
  fuzz::hold(read || !read.error().why.empty(), "a refusal has a reason");
  if (!read) return;
  T again;
  fuzz::hold(from_text(to_text(value), again).has_value(), "what is written can be read");
  fuzz::hold(again == value, "it reads back the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  reads_back<Rate>(text);
  reads_back<CountRange>(text);
  reads_back<policy::Window>(text);
  reads_back<Name>(text);
  if (Share share; from_text(text, share)) {
    fuzz::hold(share.part >= 0 && share.part <= 1, "a share is a part of a whole");
    Share again;
    fuzz::hold(from_text(to_text(share), again).has_value(), "a share that is written can be read");
  }
  Name made;
  fuzz::hold(from_text(name_made_of(text).text, made).has_value(), "any text makes a name");
  return 0;
}
