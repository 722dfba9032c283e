// Contexts by their names.
#include "shared/context_choice.hpp"

#include <fmt/core.h>

#include "base/nearest.hpp"

namespace gird {

Result<void> from_text(std::string_view text, ContextChoice& choice) {
  choice.context = text::context_named(text);
  if (choice.context != nullptr || text == "list") return {};
  std::vector<std::string_view> names;
  for (const auto& [name, about] : words_of(&choice)) names.push_back(name);
  std::vector<std::string> hints = did_you_mean(nearest(text, names));
  hints.emplace_back("gird sanitize --to list prints all there are");
  return misuse("value-context", "'" + std::string(text) + "'", "no context is named so",
                std::move(hints));
}

std::string to_text(const ContextChoice& choice) {
  return choice.context == nullptr ? "list" : std::string(choice.context->name);
}

std::vector<std::pair<std::string_view, std::string_view>> words_of(const ContextChoice*) {
  std::vector<std::pair<std::string_view, std::string_view>> words;
  for (const text::ContextGroup& group : text::context_groups()) {
    for (const text::Context& context : group.contexts) {
      words.emplace_back(context.name, context.about);
    }
  }
  return words;
}

std::string contexts_as_text() {
  std::string out;
  for (const text::ContextGroup& group : text::context_groups()) {
    out += fmt::format("{}{}:\n", out.empty() ? "" : "\n", group.title);
    for (const text::Context& context : group.contexts) {
      out += fmt::format("  {:<18} {}\n", context.name, context.about);
    }
  }
  return out;
}

}  // namespace gird
