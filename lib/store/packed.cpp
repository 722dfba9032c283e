// Numbers to bytes and back.
#include "store/packed.hpp"

#include <bit>
#include <cstdint>

namespace gird::store {
namespace {

class Packer final : public Numbers {
 public:
  void number(std::string_view, int, double& value) override { pack_number(bytes, value); }
  std::string bytes;
};

class Unpacker final : public Numbers {
 public:
  explicit Unpacker(std::string_view bytes) : rest(bytes) {}
  void number(std::string_view, int, double& value) override {
    if (rest.size() < sizeof(double)) {
      complete = false;
      return;
    }
    value = unpack_number(rest);
    rest.remove_prefix(sizeof(double));
  }
  std::string_view rest;
  bool complete = true;
};

}  // namespace

void pack_number(std::string& bytes, double number) {
  const auto bits = std::bit_cast<std::uint64_t>(number);
  for (unsigned shift = 0; shift < 64; shift += 8)
    bytes += static_cast<char>(bits >> shift & 0xffU);
}

double unpack_number(std::string_view bytes) {
  std::uint64_t bits = 0;
  for (std::size_t at = 8; at-- > 0;) bits = bits << 8U | static_cast<unsigned char>(bytes[at]);
  return std::bit_cast<double>(bits);
}

std::string packed(const Kind& kind, Part part, const void* object) {
  Packer packer;
  // It puts back what it was shown.
  kind.numbers(part, const_cast<void*>(object), packer);
  return std::move(packer.bytes);
}

bool unpack(const Kind& kind, Part part, std::string_view bytes, void* object) {
  Unpacker unpacker(bytes);
  kind.numbers(part, object, unpacker);
  return unpacker.complete && unpacker.rest.empty();
}

}  // namespace gird::store
