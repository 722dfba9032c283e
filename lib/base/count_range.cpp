// Reading ranges of counts.
#include "base/count_range.hpp"

#include "base/number.hpp"
#include "base/rate.hpp"
#include "base/utf8.hpp"

namespace gird {

Result<void> from_text(std::string_view text, CountRange& range) {
  const auto wrong = [&](std::string why) {
    return misuse("value-range", "'" + printable(text) + "'", std::move(why), {"write 10..120"});
  };
  const std::size_t dots = text.find("..");
  if (dots == text.npos) return wrong("a range is two counts with .. between them");
  const auto least = parse_integer(text.substr(0, dots), 1, most_per_period);
  const auto most = parse_integer(text.substr(dots + 2), 1, most_per_period);
  if (!least) return wrong("the first count: " + least.error().why);
  if (!most) return wrong("the second count: " + most.error().why);
  if (*most < *least) return wrong("the range runs backwards");
  range = {*least, *most};
  return {};
}

std::string to_text(const CountRange& range) {
  return std::to_string(range.least) + ".." + std::to_string(range.most);
}

}  // namespace gird
