#include "shared/text_route.hpp"

#include <ranges>

namespace gird {

TextRoute::Text TextRoute::through(std::string_view record) const {
  // What is required is required of the text itself, not of how it is written.
  auto text = plan_.decode ? decoded(std::string(record)) : Text(record);
  if (text) text = accepted(*std::move(text));
  if (text && !plan_.decode) text = encoded(*std::move(text));
  return text;
}

TextRoute::Text TextRoute::accepted(std::string text) const {
  if (const auto breach = text::breach_of(plan_.required, text)) {
    return std::unexpected(breach->why);
  }
  if (!plan_.folder) return text;
  auto path = plan_.folder->resolve(text);
  if (!path) return std::unexpected(path.error().why);
  return *std::move(path);
}

TextRoute::Text TextRoute::encoded(std::string text) const {
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

TextRoute::Text TextRoute::decoded(std::string text) const {
  // What was written last is read first.
  for (const ContextChoice& to : std::views::reverse(plan_.to)) {
    auto next = to.context->decode(text);
    if (!next) return std::unexpected("this is not what was written for " + to_text(to));
    text = std::move(*next);
  }
  return text;
}

}  // namespace gird
