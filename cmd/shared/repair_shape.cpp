// Rows of the layout, and the stages that make it.
#include "shared/repair_shape.hpp"

#include <array>
#include <ranges>
#include <string>

#include "base/quoting.hpp"
#include "json/ascii.hpp"
#include "json/sort_keys.hpp"

namespace gird::json {

std::span<const Choice<Layout>> choices(Layout) {
  static constexpr std::array<Choice<Layout>, 3> all{{
      {"keep", Layout::keep, "blanks as they were"},
      {"compact", Layout::compact, "no blanks, one document a line"},
      {"pretty", Layout::pretty, "a line for each member, indented"},
  }};
  return all;
}

}  // namespace gird::json

namespace gird {
namespace {

constexpr std::int64_t usual_indent = 2;
constexpr std::int64_t most_indent = 16;

}  // namespace

bool RepairShape::keeps() const {
  return layout == json::Layout::keep && !indent && !ascii && content.keeps();
}

cli::Rows shape_rows(RepairShape& shape) {
  using cli::Row;
  return {
      Row("Layout"),
      Row("--layout", shape.layout, "HOW", "keep the text as it is, or make it compact or pretty")
          .yields_to("indent check")
          .common(),
      Row("--indent", shape.indent, "N", "make it pretty, with N blanks a level")
          .yields_to("check")
          .otherwise("2"),
      Row("--ascii", shape.ascii, "", "write what is not ASCII as \\u escapes").yields_to("check"),
  };
}

Result<void> check(const RepairShape& shape) {
  if (!shape.indent) return {};
  if (shape.layout == json::Layout::compact)
    return misuse("options-contradict", "--indent and --layout compact", "choose one");
  if (*shape.indent > most_indent) {
    return misuse("value-integer", "--indent " + std::to_string(*shape.indent),
                  "must be from 0 to " + std::to_string(most_indent));
  }
  return {};
}

ShapeChain::ShapeChain(const RepairShape& shape, json::Sink& last) : first_(&last) {
  const auto add = [&](std::unique_ptr<json::Stage> stage) {
    first_ = stage.get();
    stages_.push_back(std::move(stage));
  };
  if (shape.ascii) add(std::make_unique<json::Ascii>(*first_));
  if (shape.layout == json::Layout::compact) {
    add(std::make_unique<json::Compact>(*first_));
  } else if (shape.layout == json::Layout::pretty || shape.indent) {
    const auto step = static_cast<std::size_t>(shape.indent.value_or(usual_indent));
    add(std::make_unique<json::Pretty>(*first_, std::string(step, ' ')));
  }
  if (shape.content.sort_keys)
    add(std::make_unique<json::SortKeys>(*first_, sort_spill_, stage_memory));
  if (const auto& select = shape.content.select) {
    auto stage = std::make_unique<json::Select>(*first_, select->pointer);
    select_ = stage.get();
    pointer_ = select->text;
    add(std::move(stage));
  }
}

Result<void> ShapeChain::finish(std::string_view file) {
  for (const auto& stage : std::views::reverse(stages_)) TRY(stage->finish());
  return selected(file);
}

/// Whether the pointer met something in every document.
Result<void> ShapeChain::selected(std::string_view file) const {
  if (select_ == nullptr || select_->misses() == 0) return {};
  const std::string document = select_->documents() == 1
                                   ? "the document"
                                   : "document " + std::to_string(select_->first_miss());
  return std::unexpected(Error{Fault::input, "json-select-nothing",
                               file == "-" ? "-" : shell_quoted(file),
                               document + " has no value at " + shell_quoted(pointer_)});
}

}  // namespace gird
