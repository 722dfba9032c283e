// GitHub's escapes.
#include "shared/github_escaped.hpp"

namespace gird {

std::string github_escaped(std::string_view text, bool property) {
  std::string out;
  for (const char byte : text) {
    switch (byte) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += property ? "%3A" : ":"; break;
      case ',': out += property ? "%2C" : ","; break;
      default: out += byte;
    }
  }
  return out;
}

}  // namespace gird
