// The text of a pointer.
#include "json/pointer_text.hpp"

namespace gird::json {

std::expected<Pointer, std::string_view> parse_pointer(std::string_view text) {
  Pointer pointer;
  if (!text.empty() && text[0] != '/') return std::unexpected("a pointer begins with a slash");
  while (!text.empty()) {
    const std::string_view two = text.substr(0, 2);
    const bool escape = text[0] == '~';
    if (text[0] == '/') {
      pointer.steps.emplace_back();
    } else if (!escape) {
      pointer.steps.back() += text[0];
    } else if (two == "~0" || two == "~1") {
      pointer.steps.back() += two == "~0" ? '~' : '/';
    } else {
      return std::unexpected("a tilde is written ~0, and a slash inside a key ~1");
    }
    text.remove_prefix(escape ? 2 : 1);
  }
  return pointer;
}

}  // namespace gird::json
