// What is quoted or made printable can be shown on a terminal, and a shell reads it as one word.
#include "base/quoting.hpp"

#include "base/utf8.hpp"
#include "target.hpp"

using namespace gird;

namespace {

unsigned hex_value(char digit) {
  return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/// The word that a shell reads from `text`, by the rules of POSIX for '...' and of $'...'.
std::string unquoted(std::string_view text) {
  std::string word;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') {
      const std::size_t end = text.find('\'', i + 1);
      word += text.substr(i + 1, end - i - 1);
      i = end;
    } else if (text[i] == '\\') {
      word += text[++i];
    } else if (text[i] == '$') {
      for (i += 2; text[i] != '\''; ++i) {
        if (text[i] != '\\') {
          word += text[i];
          continue;
        }
        switch (text[++i]) {
          case 'n': word += '\n'; break;
          case 't': word += '\t'; break;
          case 'r': word += '\r'; break;
          case 'x':
            word += static_cast<char>(hex_value(text[i + 1]) << 4 | hex_value(text[i + 2]));
            i += 2;
            break;
          default: word += text[i];
        }
      }
    } else {
      fuzz::hold(!std::string_view(" \t\n|&;<>()\"`*?[]#~{}!").contains(text[i]),
                 "nothing special is bare");
      word += text[i];
    }
  }
  return word;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const std::string shown = shell_quoted(text);
  fuzz::hold(printable(shown) == shown, "a quoted word can be shown");
  fuzz::hold(unquoted(shown) == text, "a quoted word reads back");
  fuzz::hold(valid_utf8(printable(text)), "printable text is UTF-8");
  fuzz::hold(printable(printable(text)) == printable(text), "printable text stays as it is");
  fuzz::hold(valid_utf8(with_replacements(text)), "replaced text is UTF-8");
  return 0;
}
