// Random documents, and random damage.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace gird::json {

/// A valid document of RFC 8259: every kind of token and blank, characters of one to four bytes.
std::string random_document(std::mt19937& chance);
/// `text` with a few bytes dropped, doubled, changed or put in between.
std::string damaged(std::string text, std::mt19937& chance);

}  // namespace gird::json
