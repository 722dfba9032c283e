// Which of the repaired text is given, and in what order: --duplicate, --select, --sort-keys.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/choice.hpp"
#include "cli/rows.hpp"
#include "json/duplicates.hpp"
#include "json/pointer_text.hpp"

namespace gird::json {

std::span<const Choice<Duplicate>> choices(Duplicate);

}  // namespace gird::json

namespace gird {

/// A JSON Pointer, and how it was typed.
struct PointerText {
  std::string text;
  json::Pointer pointer;
};
/// Fault::usage, value-pointer.
Result<void> from_text(std::string_view text, PointerText& pointer);
std::string to_text(const PointerText& pointer);

struct RepairContent {
  std::optional<json::Duplicate> duplicate;
  std::optional<PointerText> select;
  bool sort_keys = false;

  /// Whether all of the text is given, as it comes.
  [[nodiscard]] bool keeps() const { return !select && !sort_keys && !drops(); }
  /// Whether members with equal keys go. Which of them is known behind the last one.
  [[nodiscard]] bool drops() const {
    return duplicate == json::Duplicate::last || duplicate == json::Duplicate::first;
  }
};

cli::Rows content_rows(RepairContent& content);

}  // namespace gird
