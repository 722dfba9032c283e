#include "shared/text_route.hpp"

#include <ranges>

namespace gird {

TextRoute::Text TextRoute::text_of(std::string_view record) const {
  std::string text(record);
  if (!plan_.decode) return text;
  // What was written last is read first.
  for (const ContextChoice& to : std::views::reverse(plan_.to)) {
    auto next = to.context->decode(text);
    if (!next) return std::unexpected("this is not what was written for " + to_text(to));
    text = std::move(*next);
  }
  return text;
}

TextRoute::Text TextRoute::written(std::string text) const {
  if (plan_.folder) {
    auto path = plan_.folder->resolve(text);
    if (!path) return std::unexpected(path.error().why);
    text = *std::move(path);
  }
  if (plan_.decode) return text;
  for (const ContextChoice& to : plan_.to) {
    auto next = to.context->encode(text, plan_.on_unsafe);
    if (!next) {
      return std::unexpected("byte " + std::to_string(next.error().offset + 1) + ": " +
                             std::string(next.error().why));
    }
    text = std::move(*next);
  }
  return text;
}

}  // namespace gird
