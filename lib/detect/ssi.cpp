#include "detect/ssi.hpp"

#include "detect/letters.hpp"
#include "detect/part.hpp"

namespace gird::detect {
namespace {

using letters::Folded;
using letters::has_at;

constexpr std::size_t none = std::string_view::npos;

constexpr auto directives = letters::in_order(std::to_array<std::string_view>(
    {"config", "echo", "set", "printenv", "flastmod", "fsize", "if", "elif", "else", "endif",
     "block", "endblock", "email", "goto", "label", "break", "odbc", "perl", "comment"}));

constexpr auto elements = letters::in_order(std::to_array<std::string_view>(
    {"include", "inline", "eval", "vars", "assign", "choose", "when", "otherwise", "try", "attempt",
     "except", "remove", "comment", "debug", "function", "foreach"}));

std::string_view word_at(std::string_view text, std::size_t at) {
  return part(text, at, letters::skip(text, at, letters::is_letter) - at);
}

/// `<!--#exec`: Apache allows no blank before `#`, others do.
void directive_signs(std::string_view text, std::size_t at, Signs& signs) {
  const std::size_t mark = letters::skip(text, at + 4, letters::is_space);
  if (mark >= text.size() || text[mark] != '#') return;
  const std::size_t name = letters::skip(text, mark + 1, letters::is_space);
  const Folded word(word_at(text, name));
  const Span where{at, name + word.text().size()};
  if (word.text() == "exec") {
    signs.add("ssi/exec", where);
  } else if (word.text() == "include" || word.text() == "fsize" || word.text() == "flastmod") {
    signs.add("ssi/include", where);
  } else if (letters::is_one_of(directives, word.text())) {
    signs.add("ssi/directive", where);
  }
}

void esi_signs(std::string_view text, std::size_t at, Signs& signs) {
  const Folded word(word_at(text, at + 5));
  if (letters::is_one_of(elements, word.text())) {
    signs.add("ssi/edge-include", {at, at + 5 + word.text().size()});
  }
}

}  // namespace

void ssi_signs(std::string_view text, Signs& signs) {
  for (std::size_t at = text.find('<'); at != none; at = text.find('<', at + 1)) {
    if (has_at(text, at, "<!--#") || has_at(text, at, "<!-- #")) directive_signs(text, at, signs);
    if (has_at(text, at, "<!--esi")) signs.add("ssi/edge-include", {at, at + 7});
    if (has_at(text, at, "<esi:")) esi_signs(text, at, signs);
  }
}

}  // namespace gird::detect
