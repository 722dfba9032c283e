// The pieces of a text, and texts to try.
#include "unit/json/stages.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

namespace gird::json::tests {

std::string staged(const MakeStage& make, std::string_view text, std::size_t first,
                   std::size_t size) {
  Kept kept;
  const auto stage = make(kept);
  stage->text(text.substr(0, first));
  for (std::size_t at = first; at < text.size(); at += size) stage->text(text.substr(at, size));
  BOOST_TEST(stage->finish().has_value());
  return kept.all;
}

std::string staged(const MakeStage& make, std::string_view text) {
  const std::string whole = staged(make, text, text.size(), 1);
  BOOST_TEST(staged(make, text, 0, 1) == whole, "byte by byte: " << text);
  for (std::size_t cut = 1; cut < text.size() && cut < 2000; ++cut) {
    const std::string parted = staged(make, text, cut, text.size());
    if (parted != whole) BOOST_TEST(parted == whole, "cut at " << cut << ": " << text);
  }
  return whole;
}

namespace {

class Generator {
 public:
  Generator(unsigned seed, const Shape& shape) : random_(seed), shape_(shape) {}

  std::string document() {
    value(0);
    return std::move(text_);
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }

  template <std::size_t N>
  std::string_view one_of(const std::array<std::string_view, N>& words) {
    return words[below(N)];
  }

  void blank() {
    static constexpr std::array<std::string_view, 8> blanks{"", "",  "",       " ",
                                                            "", " ", "\r\n\t", "\n  "};
    text_ += one_of(blanks);
  }

  std::string string() {
    static constexpr std::array<std::string_view, 22> parts{
        "a",          "b",
        "key",        "~1",
        "/",          "\\\"",
        "\\\\",       "\\/",
        "\\u0041",    "\\u00e9",
        "\u00e9",     "\\ud83d\\ude00",
        "\U0001f600", "\\n",
        "{",          "}",
        "[,",         ":",
        "0",          "12",
        "\u20ac",     "a long string that takes two turns"};
    std::string word = "\"";
    for (std::size_t n = below(4); n > 0; --n) word += one_of(parts);
    return word + "\"";
  }

  void scalar() {
    static constexpr std::array<std::string_view, 10> scalars{
        "0", "-0", "1.50", "1E400", "12345678901234567890", "-3e-2", "true", "false", "null", "7"};
    text_ += below(2) == 0 ? std::string(one_of(scalars)) : string();
  }

  void value(std::size_t depth) {
    const std::size_t choice = below(depth >= shape_.most_depth ? 1 : depth == 0 ? 5 : 4);
    if (choice == 0) return scalar();
    const bool object = choice % 2 == 1;
    text_ += object ? '{' : '[';
    blank();
    std::set<std::string> keys;
    for (std::size_t n = below(shape_.most_members + 1), i = 0; i < n; ++i) {
      if (i > 0) {
        text_ += ',';
        blank();
      }
      if (object) key(keys);
      value(depth + 1);
      blank();
    }
    text_ += object ? '}' : ']';
  }

  void key(std::set<std::string>& keys) {
    std::string word = string();
    // A number makes it another key, whatever the escapes in it mean.
    if (shape_.unique_keys) word.insert(1, std::to_string(below(1000)) + "-");
    while (shape_.unique_keys && !keys.insert(word.substr(0, word.find('-'))).second) {
      word.insert(1, std::to_string(below(1000)));
    }
    text_ += word;
    blank();
    text_ += ':';
    blank();
  }

  std::mt19937 random_;
  Shape shape_;
  std::string text_;
};

}  // namespace

std::string generated(unsigned seed, const Shape& shape) {
  return Generator(seed, shape).document();
}

}  // namespace gird::json::tests
