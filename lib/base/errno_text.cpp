// The words for an errno value.
#include <cctype>
#include <cstring>

#include "base/result.hpp"

namespace gird {

std::string errno_text(int number) {
  // strerrordesc_np and not strerror: it never depends on the locale.
  const char* text = ::strerrordesc_np(number);
  if (text == nullptr) return "error " + std::to_string(number);
  std::string words = text;
  // "No such file" becomes "no such file"; "RFS specific error" stays.
  if (words.size() > 1 && std::islower(static_cast<unsigned char>(words[1])) != 0) {
    words[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(words[0])));
  }
  return words;
}

}  // namespace gird
