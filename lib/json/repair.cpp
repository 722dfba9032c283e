// What a repair shows of a text.
#include "json/repair.hpp"

namespace gird::json {

std::string excerpt(std::string_view text) {
  if (text.size() <= Repair::most_text) return std::string(text);
  std::size_t size = Repair::most_text;
  while (size > Repair::most_text - 3 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80)
    --size;
  return std::string(text.substr(0, size));
}

std::string too_many(std::size_t most, Kind kind) {
  const std::string_view needed = most == 1 ? " repair is needed: " : " repairs are needed: ";
  return "more than " + std::to_string(most) + std::string(needed) +
         std::string(facts_of(kind).what);
}

}  // namespace gird::json
