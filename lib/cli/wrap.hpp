// Breaking text into lines.
#pragma once

#include <string>
#include <string_view>

namespace gird::cli {

/// Generated text has this many columns on every machine.
inline constexpr std::size_t page_width = 80;

/// The columns `text` takes: its characters, for UTF-8 of single-width letters.
std::size_t columns(std::string_view text);

/// Appends `text` word by word between column `indent` and `page_width`, and a newline; from the
/// second line on `hang` blanks further in. It goes on in the line that `out` ends with if that
/// leaves two blanks before `indent`, else on a new one. A word that fits no line stands alone, too
/// long as it is.
void append_wrapped(std::string& out, std::string_view text, std::size_t indent,
                    std::size_t hang = 0);

}  // namespace gird::cli
