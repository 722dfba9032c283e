// Words as a shell would read them back.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gird {

/// `word` so that a POSIX shell reads it back as one word: bare where that is safe, else '...',
/// and $'...' only where control bytes or invalid UTF-8 would reach a terminal.
std::string shell_quoted(std::string_view word);

/// A command line that can be pasted; `=` may stand bare after the first word.
std::string shell_quoted(std::span<const std::string> words);

}  // namespace gird
