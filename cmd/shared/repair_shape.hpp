// How repaired text is laid out: --layout, --indent, --ascii.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/choice.hpp"
#include "cli/rows.hpp"
#include "json/layout.hpp"

namespace gird::json {

std::span<const Choice<Layout>> choices(Layout);

}  // namespace gird::json

namespace gird {

struct RepairShape {
  json::Layout layout = json::Layout::keep;
  std::optional<std::int64_t> indent;
  bool ascii = false;

  /// Whether the text stays as it comes from the repairer.
  [[nodiscard]] bool keeps() const;
};

cli::Rows shape_rows(RepairShape& shape);

/// Fault::usage, options-contradict, value-integer.
Result<void> check(const RepairShape& shape);

/// The stages between a repairer and `last`, which must outlive them.
class ShapeChain {
 public:
  ShapeChain(const RepairShape& shape, json::Sink& last);

  /// What the repairer is to give its text to.
  [[nodiscard]] json::Sink& first() { return *first_; }
  /// The text is complete. Errors are those of the stages.
  Result<void> finish();

 private:
  std::vector<std::unique_ptr<json::Stage>> stages_;  ///< the last one first
  json::Sink* first_;
};

}  // namespace gird
