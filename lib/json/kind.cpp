// The names and classes of repairs.
#include "json/kind.hpp"

#include <algorithm>
#include <array>

namespace gird::json {
namespace {

using enum Confidence;

constexpr std::array kinds{
    KindFacts{Kind::trailing_comma, "trailing-comma", certain, "a comma before a closing bracket"},
    KindFacts{Kind::extra_comma, "extra-comma", certain, "a comma with nothing before it"},
    KindFacts{Kind::missing_comma, "missing-comma", likely, "two values with no comma between"},
    KindFacts{Kind::missing_colon, "missing-colon", likely, "a key and a value with no colon"},
    KindFacts{Kind::separator, "separator", likely, "another sign where a colon or comma belongs"},
    KindFacts{Kind::missing_value, "missing-value", likely, "a key with no value"},
    KindFacts{Kind::missing_key, "missing-key", guess, "a value with no key in an object"},
    KindFacts{Kind::ellipsis, "ellipsis", likely, "dots that stand for what was left out"},
    KindFacts{Kind::missing_end, "missing-end", certain, "brackets still open at the end"},
    KindFacts{Kind::missing_closer, "missing-closer", guess, "a bracket closed too late or never"},
    KindFacts{Kind::extra_closer, "extra-closer", likely, "a closing bracket that closes nothing"},
    KindFacts{Kind::wrong_closer, "wrong-closer", guess, "a bracket closed by another one"},
    KindFacts{Kind::wrong_brackets, "wrong-brackets", likely, "a tuple, a set or a keyed array"},
    KindFacts{Kind::single_quotes, "single-quotes", certain, "a string in single quotes"},
    KindFacts{Kind::typographic_quotes, "typographic-quotes", certain,
              "a string in typographic quotes"},
    KindFacts{Kind::backtick_quotes, "backtick-quotes", certain, "a string in backticks"},
    KindFacts{Kind::unquoted_key, "unquoted-key", certain, "a key without quotes"},
    KindFacts{Kind::unquoted_string, "unquoted-string", likely, "a string without quotes"},
    KindFacts{Kind::missing_quote, "missing-quote", guess, "a string that is not closed or opened"},
    KindFacts{Kind::unescaped_quote, "unescaped-quote", likely, "a quote inside a string"},
    KindFacts{Kind::unescaped_control, "unescaped-control", certain,
              "a line break or control character inside a string"},
    KindFacts{Kind::bad_escape, "bad-escape", likely, "an escape that JSON does not know"},
    KindFacts{Kind::concatenation, "concatenation", certain, "strings joined by a plus sign"},
    KindFacts{Kind::regular_expression, "regular-expression", likely, "a regular expression"},
    KindFacts{Kind::literal, "literal", certain, "another language's true, false or null"},
    KindFacts{Kind::not_a_number, "not-a-number", likely, "NaN or an infinity"},
    KindFacts{Kind::undefined, "undefined", certain, "undefined"},
    KindFacts{Kind::wrapper, "wrapper", likely, "a value inside a call or prefixed literal"},
    KindFacts{Kind::number, "number", likely, "a number that JSON writes otherwise"},
    KindFacts{Kind::leading_zero, "leading-zero", likely, "a number with a leading zero"},
    KindFacts{Kind::comment, "comment", certain, "a comment"},
    KindFacts{Kind::blank, "blank", certain, "white space that JSON does not know"},
    KindFacts{Kind::callback, "callback", certain, "a function call around the document"},
    KindFacts{Kind::fence, "fence", certain, "a Markdown code fence"},
    KindFacts{Kind::prose, "prose", likely, "text around the document"},
    KindFacts{Kind::prefix, "prefix", likely, "a prefix of the document that is not JSON"},
    KindFacts{Kind::escaped_document, "escaped-document", likely, "a document that was escaped"},
    KindFacts{Kind::sequence, "sequence", certain, "several documents in one"},
    KindFacts{Kind::encoding, "encoding", certain, "a byte order mark, UTF-16 or UTF-32"},
    KindFacts{Kind::invalid_utf8, "invalid-utf8", guess, "bytes that are no UTF-8"},
    KindFacts{Kind::lone_surrogate, "lone-surrogate", likely, "half of a surrogate pair"},
    KindFacts{Kind::duplicate_key, "duplicate-key", certain, "a key that its object has already"},
    KindFacts{Kind::coercion, "coercion", likely, "a value turned into what the schema asks for"},
    KindFacts{Kind::default_value, "default-value", likely, "a default of the schema"},
    KindFacts{Kind::unknown_property, "unknown-property", likely,
              "a property that the schema does not allow"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (static_cast<std::size_t>(kinds[i].kind) != i) return false;
  }
  return kinds.size() == static_cast<std::size_t>(Kind::unknown_property) + 1;
}
static_assert(in_order(), "one row for each kind, in the order of the enumeration");

}  // namespace

std::span<const KindFacts> all_kinds() { return kinds; }

const KindFacts& facts_of(Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_named(std::string_view name) {
  const auto* found = std::ranges::find(kinds, name, &KindFacts::name);
  if (found == kinds.end()) return std::nullopt;
  return found->kind;
}

std::string_view to_text(Confidence confidence) {
  switch (confidence) {
    case certain: return "certain";
    case likely: return "likely";
    case guess: return "guess";
  }
  return "guess";
}

}  // namespace gird::json
