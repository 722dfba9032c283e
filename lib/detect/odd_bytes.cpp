#include "detect/odd_bytes.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace gird::detect {
namespace {

using Bytes = unsigned char __attribute__((vector_size(16)));

Bytes load(const char* bytes) {
  Bytes v;
  std::memcpy(&v, bytes, sizeof v);
  return v;
}

bool any(const auto& found) {
  std::array<std::uint64_t, 2> halves{};
  static_assert(sizeof found == sizeof halves);
  std::memcpy(halves.data(), &found, sizeof found);
  return (halves[0] | halves[1]) != 0;
}

bool is_odd(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x7f || (byte < 0x20 && byte != '\t');
}

}  // namespace

std::size_t next_wide(std::string_view text, std::size_t at) {
  while (at + sizeof(Bytes) <= text.size() && !any(load(text.data() + at) >= 0x80)) {
    at += sizeof(Bytes);
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

std::size_t next_odd(std::string_view text, std::size_t at) {
  while (at + sizeof(Bytes) <= text.size()) {
    const Bytes v = load(text.data() + at);
    if (any((v >= 0x7f) | ((v < 0x20) & (v != '\t')))) break;
    at += sizeof(Bytes);
  }
  while (at < text.size() && !is_odd(text[at])) ++at;
  return at;
}

}  // namespace gird::detect
