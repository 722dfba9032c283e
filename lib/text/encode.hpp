// Text written so that it stays text where it is to stand: in a shell word, in HTML, in a log line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/choice.hpp"

namespace gird::text {

/// What is done with a part that a context has no form for, as a NUL in a shell word.
enum class OnUnsafe : std::uint8_t {
  reject,   ///< the whole text is refused
  replace,  ///< U+FFFD stands there, or `_` in names: the text can no longer be read back
};
std::span<const Choice<OnUnsafe>> choices(OnUnsafe);

/// Why a text cannot stand in a context.
struct Unsafe {
  std::size_t offset = 0;  ///< of the first byte that cannot, in the text
  std::string_view why;    ///< as in "a NUL cannot stand here"
};

using Encoded = std::expected<std::string, Unsafe>;

/// A place where a text is to stand.
///
/// Where the language has literals the text becomes a whole one, with its quotes (`sh`, `json`,
/// `sql:*`): which quotes are safe is a part of the answer. Elsewhere it becomes what may stand
/// between what is around it (`html`, `url-component`). Names (`git-ref`, `dns-label`) have no
/// escapes: a text is one, or it is refused.
struct Context {
  std::string_view name;   ///< as in `--to NAME`
  std::string_view about;  ///< where exactly the result may stand
  Encoded (*encode)(std::string_view text, OnUnsafe on_unsafe);
  /// Reads back what `encode` wrote; none if that is not what stands there. Null where a text is
  /// left as it is or changed for good.
  std::optional<std::string> (*decode)(std::string_view encoded);
};

/// Contexts of one kind.
struct ContextGroup {
  std::string_view title;
  std::span<const Context> contexts;
};

/// All there are.
std::span<const ContextGroup> context_groups();

/// Null if there is none of that name.
const Context* context_named(std::string_view name);

}  // namespace gird::text
