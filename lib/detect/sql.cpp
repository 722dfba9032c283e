#include "detect/sql.hpp"

#include "detect/bytes.hpp"
#include "detect/sql_screen.hpp"
#include "detect/sql_signs.hpp"

namespace gird::detect {
namespace {

constexpr auto npos = std::string_view::npos;

/// `name=` of a form, before what was typed into it.
std::size_t behind_field(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && n < 40 && name_byte(text[n])) ++n;
  const bool field =
      n > 0 && !digit(text[0]) && n + 1 < text.size() && text[n] == '=' && text[n + 1] != '=';
  return field ? n + 1 : 0;
}

/// Reads `text` from outside of a quote and from inside of each kind that it holds.
void look(std::string_view text, std::size_t begin, Signs& signs) {
  if (!sql::may_hold_sql(text)) return;
  for (const char quote : {'\0', '\'', '"', '`'}) {
    if (quote != '\0' && !text.contains(quote)) continue;
    sql::Stream stream(text, quote, begin);
    if (quote != '\0') sql::break_signs(stream, signs);
    if (quote != '`') sql::statement_signs(stream, signs);
  }
}

/// The values of the attributes of a document: each is what someone typed.
void look_at_attributes(std::string_view text, Signs& signs) {
  for (std::size_t n = text.find("=\""); n != npos; n = text.find("=\"", n)) {
    n += 2;
    const std::size_t end = text.find('"', n);
    if (end == npos) return;
    look(part(text, n, end - n), n, signs);
    n = end + 1;
  }
}

}  // namespace

void sql_signs(std::string_view text, Signs& signs) {
  const std::size_t begin = behind_field(text);
  look(part(text, begin), begin, signs);
  if (text.starts_with("<?xml")) look_at_attributes(text, signs);
}

}  // namespace gird::detect
