#include "shared/found.hpp"

#include "base/utf8.hpp"

namespace gird {

std::string_view name_of(rules::Severity severity) {
  return rules::severities.at(static_cast<std::size_t>(severity)).name;
}

std::string_view match_of(const Found& found) {
  constexpr std::size_t most = 80;
  const std::string_view all = found.text.substr(found.raw.begin, found.raw.end - found.raw.begin);
  std::size_t end = 0;
  for (std::size_t count = 0; count < most && end < all.size(); ++count) {
    end += next_character(all.substr(end)).length;
  }
  return all.substr(0, end);
}

void FoundTotals::add(const Found& found) {
  ++findings;
  ++by_severity.at(static_cast<std::size_t>(found.severity));
  ++by_class[std::string(found.class_name)];
}

}  // namespace gird
