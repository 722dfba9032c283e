// How repaired text is laid out: --layout, --indent, --ascii; and the stages that it goes through.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/choice.hpp"
#include "cli/rows.hpp"
#include "json/layout.hpp"
#include "json/select.hpp"
#include "shared/repair_content.hpp"
#include "shared/spool_spill.hpp"

namespace gird::json {

std::span<const Choice<Layout>> choices(Layout);

}  // namespace gird::json

namespace gird {

struct RepairShape {
  json::Layout layout = json::Layout::keep;
  std::optional<std::int64_t> indent;
  bool ascii = false;
  RepairContent content = {};

  /// Whether the text stays as it comes from the repairer.
  [[nodiscard]] bool keeps() const;
  /// Whether something is asked of it that is about what is written alone.
  [[nodiscard]] bool shapes() const {
    return layout != json::Layout::keep || indent || ascii || content.select || content.sort_keys;
  }
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
  /// The text of `file` is complete. Errors are those of the stages, and
  /// Fault::input, json-select-nothing.
  Result<void> finish(std::string_view file);

 private:
  [[nodiscard]] Result<void> selected(std::string_view file) const;

  SpoolSpill sort_spill_;
  const json::Select* select_ = nullptr;
  std::string pointer_;
  std::vector<std::unique_ptr<json::Stage>> stages_;  ///< the last one first
  json::Sink* first_;
};

}  // namespace gird
