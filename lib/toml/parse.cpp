// Reading TOML. The only file that knows toml++.
#include "toml/parse.hpp"

#include <algorithm>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
// toml++ 3.3 holds U+FB26 to U+FEFE impossible where it looks for a blank, and runs into
// __builtin_unreachable. That part of it is read with an answer in its place. It also holds a key
// certain behind '[', although it has a good message for when there is none: what it takes for
// granted is only asked.
#include <toml++/impl/forward_declarations.h>
#undef TOML_ASSERT_ASSUME
#define TOML_ASSERT_ASSUME(expr) static_cast<void>(expr)
#undef TOML_UNREACHABLE
#define TOML_UNREACHABLE return false
#include <toml++/impl/unicode.h>
#undef TOML_UNREACHABLE
#define TOML_UNREACHABLE __builtin_unreachable()
#include <toml++/toml.h>

namespace gird::toml {
namespace {

Place place_of(const ::toml::source_region& source) {
  return {source.begin.line, source.begin.column};
}

Table table_of(const ::toml::table& table);
List list_of(const ::toml::array& array);

Value value_of(const ::toml::node& node) {
  Value value{{}, place_of(node.source())};
  if (const auto* text = node.as_string()) value.is = text->get();
  if (const auto* whole = node.as_integer()) value.is = whole->get();
  if (const auto* number = node.as_floating_point()) value.is = number->get();
  if (const auto* flag = node.as_boolean()) value.is = flag->get();
  if (const auto* list = node.as_array()) value.is = list_of(*list);
  if (const auto* table = node.as_table()) value.is = table_of(*table);
  return value;
}

List list_of(const ::toml::array& array) {
  List list;
  list.reserve(array.size());
  for (const ::toml::node& node : array) list.push_back(value_of(node));
  return list;
}

Table table_of(const ::toml::table& table) {
  Table copy;
  copy.entries.reserve(table.size());
  for (const auto& [key, node] : table) {
    copy.entries.push_back({std::string(key.str()), place_of(key.source()), value_of(node)});
  }
  return copy;
}

}  // namespace

const Entry* Table::find(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, &Entry::key);
  return found == entries.end() ? nullptr : &*found;
}

std::expected<Table, Mistake> parse(std::string_view text) {
  const ::toml::parse_result result = ::toml::parse(text);
  if (result) return table_of(result.table());
  std::string why(result.error().description());
  if (why.starts_with("Error")) why.front() = 'e';
  return std::unexpected(Mistake{place_of(result.error().source()), std::move(why)});
}

}  // namespace gird::toml
