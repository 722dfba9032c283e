// The list of contexts.
#include "text/encode.hpp"

#include <algorithm>
#include <array>

#include "text/encode_families.hpp"

namespace gird::text {

std::span<const Choice<OnUnsafe>> choices(OnUnsafe) {
  static constexpr std::array<Choice<OnUnsafe>, 2> all{
      {{"reject", OnUnsafe::reject, "leave the record out, and exit 1"},
       {"replace", OnUnsafe::replace, "write U+FFFD there, in names _"}}};
  return all;
}

std::span<const ContextGroup> context_groups() {
  static const std::array<ContextGroup, 9> groups{{
      {"HTML, XML, Markdown", markup_contexts()},
      {"string literals", literal_contexts()},
      {"SQL", sql_contexts()},
      {"shells and what reads shell words", shell_contexts()},
      {"patterns", pattern_contexts()},
      {"URLs and queries", query_contexts()},
      {"fields of records", record_contexts()},
      {"names", name_contexts()},
      {"lines that people and runners read", line_contexts()},
  }};
  return groups;
}

const Context* context_named(std::string_view name) {
  for (const ContextGroup& group : context_groups()) {
    const auto found = std::ranges::find(group.contexts, name, &Context::name);
    if (found != group.contexts.end()) return &*found;
  }
  return nullptr;
}

}  // namespace gird::text
