// Rows of the content.
#include "shared/repair_content.hpp"

#include <array>

namespace gird::json {

std::span<const Choice<Duplicate>> choices(Duplicate) {
  static constexpr std::array<Choice<Duplicate>, 4> all{{
      {"keep", Duplicate::keep, "all stay, and are named"},
      {"last", Duplicate::last, "the last one stays"},
      {"first", Duplicate::first, "the first one stays"},
      {"error", Duplicate::error, "the file is refused"},
  }};
  return all;
}

}  // namespace gird::json

namespace gird {

Result<void> from_text(std::string_view text, PointerText& pointer) {
  auto parsed = json::parse_pointer(text);
  if (!parsed)
    return misuse("value-pointer", "'" + std::string(text) + "'", std::string(parsed.error()));
  pointer = {std::string(text), std::move(*parsed)};
  return {};
}

std::string to_text(const PointerText& pointer) { return pointer.text; }

cli::Rows content_rows(RepairContent& content) {
  using cli::Row;
  return {
      Row("Content"),
      Row("--duplicate", content.duplicate, "WHICH",
          "of members with equal keys keep all, the last or the first, or make it an error")
          .yields_to("follow bad-lines rejects jobs")
          .otherwise("keep"),
      Row("--select", content.select, "POINTER",
          "write of each document the value that a JSON Pointer leads to")
          .only_typed(),
      Row("--sort-keys", content.sort_keys, "", "sort the members of each object by their keys")
          .yields_to("check"),
  };
}

}  // namespace gird
