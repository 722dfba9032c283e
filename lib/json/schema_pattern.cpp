// From ECMA-262 to RE2, escape by escape.
#include "json/schema_pattern.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace gird::json {
namespace {

/// RE2's own \s is ASCII without the vertical tab.
constexpr std::string_view spaces =
    R"(\t-\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF})";
constexpr std::string_view no_spaces =
    R"(\x{0}-\x{8}\x{E}-\x{1F}!-\x{9F}\x{A1}-\x{167F}\x{1681}-\x{1FFF}\x{200B}-\x{2027})"
    R"(\x{202A}-\x{202E}\x{2030}-\x{205E}\x{2060}-\x{2FFF}\x{3001}-\x{FEFE}\x{FF00}-\x{10FFFF})";

/// General categories by their long names. Source: Unicode, PropertyValueAliases.txt.
constexpr std::array<std::pair<std::string_view, std::string_view>, 38> categories{{
    {"Letter", "L"},
    {"Cased_Letter", "L&"},
    {"Uppercase_Letter", "Lu"},
    {"Lowercase_Letter", "Ll"},
    {"Titlecase_Letter", "Lt"},
    {"Modifier_Letter", "Lm"},
    {"Other_Letter", "Lo"},
    {"Mark", "M"},
    {"Combining_Mark", "M"},
    {"Nonspacing_Mark", "Mn"},
    {"Spacing_Mark", "Mc"},
    {"Enclosing_Mark", "Me"},
    {"Number", "N"},
    {"Decimal_Number", "Nd"},
    {"digit", "Nd"},
    {"Letter_Number", "Nl"},
    {"Other_Number", "No"},
    {"Punctuation", "P"},
    {"punct", "P"},
    {"Connector_Punctuation", "Pc"},
    {"Dash_Punctuation", "Pd"},
    {"Open_Punctuation", "Ps"},
    {"Close_Punctuation", "Pe"},
    {"Initial_Punctuation", "Pi"},
    {"Final_Punctuation", "Pf"},
    {"Other_Punctuation", "Po"},
    {"Symbol", "S"},
    {"Math_Symbol", "Sm"},
    {"Currency_Symbol", "Sc"},
    {"Modifier_Symbol", "Sk"},
    {"Other_Symbol", "So"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Line_Separator", "Zl"},
    {"Paragraph_Separator", "Zp"},
    {"Other", "C"},
    {"Control", "Cc"},
    {"Format", "Cf"},
}};

std::string_view short_property(std::string_view name) {
  for (const std::string_view prefix : {"General_Category=", "gc=", "Script=", "sc="}) {
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  }
  const auto* found =
      std::ranges::find(categories, name, &std::pair<std::string_view, std::string_view>::first);
  return found == categories.end() ? name : found->second;
}

std::string code_point(std::uint32_t point) {
  std::array<char, 8> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), point, 16);
  return "\\x{" + std::string(digits.data(), end) + "}";
}

class Translator {
 public:
  explicit Translator(std::string_view pattern) : rest_(pattern) {}

  std::expected<std::string, std::string> run() {
    while (!rest_.empty() && why_.empty()) step();
    if (!why_.empty()) return std::unexpected(why_);
    return std::move(out_);
  }

 private:
  void step() {
    switch (rest_[0]) {
      case '\\': return escape();
      case '[': return in_class_ ? pass("\\[", 1) : open_class();
      case ']': in_class_ = false; return pass("]", 1);
      case '.': return in_class_ ? pass(".", 1) : pass(R"([^\n\r\x{2028}\x{2029}])", 1);
      case '(': return in_class_ ? pass("(", 1) : group();
      default: return pass(rest_.substr(0, 1), 1);
    }
  }

  void open_class() {
    if (rest_.starts_with("[^]")) return pass(R"([\x{0}-\x{10FFFF}])", 3);
    if (rest_.starts_with("[]")) return pass(R"([^\x{0}-\x{10FFFF}])", 2);
    in_class_ = true;
    rest_.starts_with("[^") ? pass("[^", 2) : pass("[", 1);
  }

  void group() {
    for (const std::string_view look : {"(?=", "(?!", "(?<=", "(?<!"}) {
      if (rest_.starts_with(look)) return fail("look-around is not supported");
    }
    rest_.starts_with("(?<") ? pass("(?P<", 3) : pass("(", 1);
  }

  void escape() {
    if (rest_.size() < 2) return fail("a backslash stands at the end");
    const char letter = rest_[1];
    switch (letter) {
      case 'u': return unicode();
      case 'c': return control();
      case 's': return in_class_ ? pass(spaces, 2) : pass("[" + std::string(spaces) + "]", 2);
      case 'S': return in_class_ ? pass(no_spaces, 2) : pass("[^" + std::string(spaces) + "]", 2);
      case 'p':
      case 'P': return property();
      case 'b': return in_class_ ? pass("\\x08", 2) : pass("\\b", 2);
      case 'k': return fail("back references are not supported");
      case '0': return pass("\\x00", 2);
      default: return other_escape(letter);
    }
  }

  void other_escape(char letter) {
    if (letter >= '1' && letter <= '9') return fail("back references are not supported");
    if (std::string_view("dDwWBfnrtvx").contains(letter)) return pass(rest_.substr(0, 2), 2);
    const bool word = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    if (word) return fail(std::string("\\") + letter + " means nothing");
    const bool ascii = static_cast<unsigned char>(letter) < 0x80;
    pass(ascii ? rest_.substr(0, 2) : rest_.substr(1, 1), 2);
  }

  void control() {
    if (rest_.size() < 3) return fail("\\c needs a letter");
    pass(code_point(static_cast<unsigned char>(rest_[2]) & 0x1FU), 3);
  }

  void property() {
    const std::size_t close = rest_.find('}');
    if (!rest_.substr(2).starts_with('{') || close == rest_.npos) {
      return fail("a property stands in braces");
    }
    const std::string_view name = short_property(rest_.substr(3, close - 3));
    const bool negated = rest_[1] == 'P';
    if (name != "L&") {
      return pass((negated ? "\\P{" : "\\p{") + std::string(name) + "}", close + 1);
    }
    if (negated) return fail("\\P{Cased_Letter} is not supported");
    const std::string cased = R"(\p{Lu}\p{Ll}\p{Lt})";
    pass(in_class_ ? cased : "[" + cased + "]", close + 1);
  }

  static std::optional<std::uint32_t> hex(std::string_view digits) {
    std::uint32_t value = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
  }

  void unicode() {
    const bool braces = rest_.substr(2).starts_with('{');
    const std::size_t close = braces ? std::min(rest_.find('}'), rest_.size() - 1) : 0;
    const auto point =
        hex(braces ? rest_.substr(3, std::max<std::size_t>(close, 3) - 3) : rest_.substr(2, 4));
    if (!point || (!braces && rest_.size() < 6)) return fail("\\u needs four digits");
    if (braces) return pass(code_point(*point), close + 1);
    const bool high = *point >= 0xD800 && *point < 0xDC00 && rest_.substr(6).starts_with("\\u");
    const auto low = high ? hex(rest_.substr(8, 4)) : std::nullopt;
    if (!low || *low < 0xDC00 || *low > 0xDFFF) return pass(code_point(*point), 6);
    pass(code_point(0x10000 + ((*point - 0xD800) << 10U) + (*low - 0xDC00)), 12);
  }

  void pass(std::string_view text, std::size_t taken) {
    out_ += text;
    rest_.remove_prefix(taken);
  }
  void fail(std::string why) { why_ = std::move(why); }

  std::string_view rest_;
  std::string out_;
  std::string why_;
  bool in_class_ = false;
};

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::expected<std::string, std::string> re2_pattern(std::string_view pattern) {
  return Translator(pattern).run();
}

SchemaPattern::SchemaPattern(std::string text, std::unique_ptr<re2::RE2> compiled)
    : text_(std::move(text)), compiled_(std::move(compiled)) {}
SchemaPattern::SchemaPattern(SchemaPattern&&) noexcept = default;
SchemaPattern& SchemaPattern::operator=(SchemaPattern&&) noexcept = default;
SchemaPattern::~SchemaPattern() = default;

std::expected<SchemaPattern, std::string> SchemaPattern::compile(std::string_view pattern) {
  const auto translated = re2_pattern(pattern);
  if (!translated) return std::unexpected(translated.error());
  re2::RE2::Options options(re2::RE2::Quiet);
  auto compiled = std::make_unique<re2::RE2>(piece(*translated), options);
  if (!compiled->ok()) return std::unexpected(compiled->error());
  return SchemaPattern(std::string(pattern), std::move(compiled));
}

bool SchemaPattern::found_in(std::string_view text) const {
  return re2::RE2::PartialMatch(piece(text), *compiled_);
}

}  // namespace gird::json
