#include "text/value_type.hpp"

#include <algorithm>
#include <array>

#include "base/nearest.hpp"
#include "text/value_kinds.hpp"

namespace gird::text {

std::span<const TypeKind> type_kinds() {
  static constexpr std::array kinds = {
      TypeKind{"int", "MIN..MAX", "a whole number, as 0 or -12, within 64 bits", not_int,
               read_whole_range},
      TypeKind{"float", "MIN..MAX", "a number as JSON has it, as 1.5 or -2e10", not_float,
               read_range},
      TypeKind{"bool", "", "true, false, yes, no, on, off, 1 or 0, in any case", not_bool, nullptr},
      TypeKind{"date", "", "a day that there is: 2024-02-29", not_date, nullptr},
      TypeKind{"datetime", "", "a moment of RFC 3339: 2024-02-29T12:00:00Z", not_datetime, nullptr},
      TypeKind{"ip", "", "an address of IPv4 or IPv6", not_ip, nullptr},
      TypeKind{"ipv4", "", "four decimal numbers, without leading zeros", not_ipv4, nullptr},
      TypeKind{"ipv6", "", "an address of RFC 4291, without a zone", not_ipv6, nullptr},
      TypeKind{"cidr", "", "a network: 10.0.0.0/8, with no bits set behind its prefix", not_cidr,
               nullptr},
      TypeKind{"hostname", "", "a name of RFC 1123", not_hostname, nullptr},
      TypeKind{"email", "", "an address as browsers take it in a form", not_email, nullptr},
      TypeKind{"url", "SCHEME,...", "an absolute URL with a host and no user; of http or https",
               not_url, read_schemes},
      TypeKind{"uuid", "", "a UUID of RFC 9562", not_uuid, nullptr},
      TypeKind{"identifier", "", "a letter or _, then letters, digits and _", not_identifier,
               nullptr},
      TypeKind{"filename", "", "letters, digits, . _ - and no leading dot or dash", not_filename,
               nullptr},
      TypeKind{"semver", "", "a version of Semantic Versioning 2.0.0", not_semver, nullptr},
      TypeKind{"enum", "WORD,...", "one of the words", not_word_of, read_words},
      TypeKind{"regex", "PATTERN", "what the whole of the pattern (RE2) matches", not_matching,
               read_pattern},
  };
  return kinds;
}

Result<ValueType> ValueType::parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  const auto kind = std::ranges::find(type_kinds(), name, &TypeKind::name);
  if (kind == type_kinds().end()) {
    std::vector<std::string_view> names;
    for (const TypeKind& one : type_kinds()) names.push_back(one.name);
    return misuse("value-type", "'" + std::string(name) + "'", "this is no type",
                  did_you_mean(nearest(name, names)));
  }
  if (kind->read == nullptr) {
    if (colon == std::string_view::npos) return ValueType(*kind, {}, text);
    return misuse("value-type", "'" + std::string(text) + "'",
                  std::string(name) + " takes nothing behind a colon");
  }
  const std::string_view detail =
      colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  if (colon != std::string_view::npos && detail.empty()) {
    return misuse("value-type", "'" + std::string(text) + "'", "nothing stands behind the colon",
                  {std::string(name) + ":" + std::string(kind->detail)});
  }
  return ValueType(*kind, TRY(kind->read(detail)), text);
}

}  // namespace gird::text
