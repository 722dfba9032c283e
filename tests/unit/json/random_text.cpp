// Makes random documents from lists of pieces.
#include "json/random_text.hpp"

#include <array>
#include <string_view>

namespace gird::json {
namespace {

unsigned below(unsigned limit, std::mt19937& chance) {
  return static_cast<unsigned>(chance() % limit);
}

template <std::size_t size>
std::string_view one_of(const std::array<std::string_view, size>& list, std::mt19937& chance) {
  return list.at(below(size, chance));
}

constexpr std::array<std::string_view, 10> blanks{
    "", "", "", "", " ", " ", "\n", "\r\n", "\t", "\n                     "};
constexpr std::array<std::string_view, 16> numbers{"0",
                                                   "-0",
                                                   "7",
                                                   "-12",
                                                   "0.5",
                                                   "-0.25",
                                                   "1e5",
                                                   "1E+5",
                                                   "1e-5",
                                                   "10.5e3",
                                                   "0e0",
                                                   "12345678901234567890",
                                                   "123456789.123456789012345678901e-12",
                                                   "4",
                                                   "100",
                                                   "-1.5E-12"};
constexpr std::array<std::string_view, 24> pieces{
    "a",
    "bc",
    "word ",
    "a long plain text of more than sixteen bytes, {x} [y]",
    "\\\"",
    "\\\\",
    "\\/",
    "\\b\\f\\n\\r\\t",
    "\\u0041",
    "\\u00e9",
    "\\ud83d\\ude00",
    "\\uFFFF",
    "\xC3\xA9",
    "\xC2\x80",
    "\xE2\x82\xAC",
    "\xE0\xA0\x80",
    "\xED\x9F\xBF",
    "\xEE\x80\x80",
    "\xF0\x9F\x98\x80",
    "\xF0\x90\x80\x80",
    "\xF4\x8F\xBF\xBF",
    "\x7F",
    ", ",
    "': [1"};
constexpr std::array<std::string_view, 3> words{"true", "false", "null"};

class Writer {
 public:
  explicit Writer(std::mt19937& chance) : chance_(chance) {}

  void document() {
    blank();
    value(0);
    blank();
  }
  std::string text() && { return std::move(text_); }

 private:
  void blank() { text_ += one_of(blanks, chance_); }

  void string() {
    text_ += '"';
    for (unsigned left = below(5, chance_); left > 0; --left) text_ += one_of(pieces, chance_);
    text_ += '"';
  }

  void value(unsigned depth) {
    const unsigned roll = below(depth < 6 ? 10 : 6, chance_);
    if (roll < 3) return string();
    if (roll < 5) return static_cast<void>(text_ += one_of(numbers, chance_));
    if (roll < 6) return static_cast<void>(text_ += one_of(words, chance_));
    container(depth, roll < 8);
  }

  void container(unsigned depth, bool object) {
    text_ += object ? '{' : '[';
    blank();
    for (unsigned i = 0, items = below(5, chance_); i < items; ++i) {
      if (i > 0) {
        text_ += ',';
        blank();
      }
      if (object) {
        string();
        blank();
        text_ += ':';
        blank();
      }
      value(depth + 1);
      blank();
    }
    text_ += object ? '}' : ']';
  }

  std::mt19937& chance_;
  std::string text_;
};

constexpr char bad_byte_list[] =
    "{}[]:,\"\\/ "
    "\n\t\r0123456789-+.eEtfnu'\x00\x01\x1F\x7F\x80\xBF\xC0\xC3\xE0\xED\xF0\xF4\xF5\xFF";
constexpr std::string_view bad_bytes(bad_byte_list, sizeof bad_byte_list - 1);

}  // namespace

std::string random_document(std::mt19937& chance) {
  Writer writer(chance);
  writer.document();
  return std::move(writer).text();
}

std::string damaged(std::string text, std::mt19937& chance) {
  for (unsigned left = 1 + below(2, chance); left > 0 && !text.empty(); --left) {
    const auto at = below(static_cast<unsigned>(text.size()), chance);
    const char byte = bad_bytes[below(bad_bytes.size(), chance)];
    switch (below(4, chance)) {
      case 0: text.erase(at, 1 + below(3, chance)); break;
      case 1: text.insert(at, 1, byte); break;
      case 2: text[at] = byte; break;
      default: text.resize(at); break;
    }
  }
  return text;
}

}  // namespace gird::json
