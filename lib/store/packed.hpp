// The numbers of a machine's structs as bytes: little-endian doubles, in the order of `each`.
#pragma once

#include <string>
#include <string_view>

#include "store/kind.hpp"

namespace gird::store {

std::string packed(const Kind& kind, Part part, const void* object);

/// Puts the numbers in `bytes` into `object`; false where there are not as many as it has.
bool unpack(const Kind& kind, Part part, std::string_view bytes, void* object);

/// A double from the first eight of `bytes`, which must have as many.
double unpack_number(std::string_view bytes);
void pack_number(std::string& bytes, double number);

}  // namespace gird::store
