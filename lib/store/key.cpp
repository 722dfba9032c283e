// The names of cells.
#include "store/key.hpp"

#include <algorithm>

#include "base/quoting.hpp"

namespace gird::store {
namespace {

bool fits(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || std::string_view("._:@-").contains(byte);
}

}  // namespace

bool is_key(std::string_view key) {
  return !key.empty() && key.size() <= 128 && key[0] != '.' && key[0] != '-' &&
         std::ranges::all_of(key, fits);
}

Result<void> check_key(std::string_view key) {
  if (is_key(key)) return {};
  // What came in may be long, or bytes that no terminal should see.
  return misuse("store-key", "key " + shell_quoted(key.substr(0, 40)),
                "must be 1 to 128 letters, digits or . _ : @ -, not starting with . or -");
}

}  // namespace gird::store
