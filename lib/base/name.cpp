// Checking and making names.
#include "base/name.hpp"

#include <algorithm>
#include <cstdint>

#include "base/utf8.hpp"

namespace gird {
namespace {

bool may_stand(char byte) {
  const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
  const bool digit = byte >= '0' && byte <= '9';
  return letter || digit || std::string_view("._:@-").contains(byte);
}

bool may_stand_first(char byte) { return may_stand(byte) && byte != '.' && byte != '-'; }

/// Enough of a wrong name to know it by.
std::string shown(std::string_view text) {
  constexpr std::size_t enough = 40;
  if (text.size() <= enough) return "'" + printable(text) + "'";
  return "'" + printable(text.substr(0, enough)) + "...'";
}

/// Source: FNV-1a, 64 bits; RFC 9923.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char byte : text) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001b3U;
  }
  return hash;
}

}  // namespace

Result<void> from_text(std::string_view text, Name& name) {
  const auto wrong = [&](std::string why) {
    return misuse("value-name", shown(text), std::move(why));
  };
  if (text.empty()) return wrong("a name has 1 to 128 characters");
  if (text.size() > longest_name) {
    return wrong("a name has 1 to 128 characters, this has " + std::to_string(text.size()));
  }
  if (text.front() == '.' || text.front() == '-')
    return wrong("a name begins with neither . nor -");
  if (!std::ranges::all_of(text, may_stand)) {
    return wrong("a name is made of letters, digits and . _ : @ -");
  }
  name.text = text;
  return {};
}

Name name_made_of(std::string_view text) {
  if (text.empty()) return {"_"};
  std::string made(text);
  for (char& byte : made) {
    if (!may_stand(byte)) byte = '_';
  }
  if (!may_stand_first(made.front())) made.front() = '_';
  if (made.size() <= longest_name) return {made};
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::size_t hash_length = 16;
  made.resize(longest_name - hash_length - 1);
  made += '-';
  for (std::uint64_t hash = hash_of(text), i = 0; i < hash_length; ++i, hash <<= 4U) {
    made += digits[hash >> 60U];
  }
  return {made};
}

}  // namespace gird
