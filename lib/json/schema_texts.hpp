// What a schema is compiled from, and what may be wrong with it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace gird::json {

enum class Draft : std::uint8_t { draft_7, draft_2020_12 };

/// Texts of other documents, by the URI they are referred to by.
using SchemaTexts = std::map<std::string, std::string, std::less<>>;

/// Why a schema cannot be used.
struct SchemaError {
  std::string document = {};  ///< its URI; empty for the schema itself
  std::string pointer = {};   ///< JSON Pointer
  std::uint64_t offset = 0;
  std::string what = {};  ///< for people, without the place
};

}  // namespace gird::json
