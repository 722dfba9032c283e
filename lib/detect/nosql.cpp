#include "detect/nosql.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

constexpr auto npos = std::string_view::npos;

// Without those that JSON Schema and others use as well: $comment, $type, $id, $ref.
constexpr std::array<std::string_view, 46> operators = {"$accumulator",
                                                        "$all",
                                                        "$and",
                                                        "$bitsAllClear",
                                                        "$bitsAllSet",
                                                        "$bitsAnyClear",
                                                        "$bitsAnySet",
                                                        "$elemMatch",
                                                        "$eq",
                                                        "$exists",
                                                        "$expr",
                                                        "$function",
                                                        "$geoIntersects",
                                                        "$geoWithin",
                                                        "$graphLookup",
                                                        "$group",
                                                        "$gt",
                                                        "$gte",
                                                        "$in",
                                                        "$inc",
                                                        "$jsonSchema",
                                                        "$lookup",
                                                        "$lt",
                                                        "$lte",
                                                        "$match",
                                                        "$merge",
                                                        "$mod",
                                                        "$ne",
                                                        "$near",
                                                        "$nearSphere",
                                                        "$nin",
                                                        "$nor",
                                                        "$not",
                                                        "$options",
                                                        "$or",
                                                        "$out",
                                                        "$project",
                                                        "$push",
                                                        "$regex",
                                                        "$rename",
                                                        "$set",
                                                        "$size",
                                                        "$text",
                                                        "$unset",
                                                        "$unwind",
                                                        "$where"};
static_assert(std::ranges::is_sorted(operators));

char at(std::string_view text, std::size_t n) { return n < text.size() ? text[n] : '\0'; }

/// The first byte before `n` that is no white space; a few are looked at.
char before(std::string_view text, std::size_t n) {
  for (std::size_t i = 0; i < 8 && n > 0 && blank(text[n - 1]); ++i) --n;
  return n > 0 ? text[n - 1] : '\0';
}

/// `"$ne":`, `{$ne:`, `, $where:`, `[$ne]`.
void operator_sign(std::string_view text, std::size_t n, Signs& signs) {
  const std::size_t end = name_end(text, n + 1);
  if (!std::ranges::binary_search(operators, part(text, n, end - n))) return;
  const char left = n > 0 ? text[n - 1] : '\0';
  const char right = at(text, end);
  if (left == '[' && right == ']') {
    const char next = at(text, end + 1);
    signs.add(next == '=' || next == '[' ? "nosql/operator-field" : "nosql/operator-index",
              {n - 1, end + 1});
  } else if ((left == '"' || left == '\'') && right == left) {
    const std::size_t colon = skip_blanks(text, end + 1);
    if (at(text, colon) == ':') signs.add("nosql/operator-key", {n - 1, colon + 1});
  } else if (at(text, skip_blanks(text, end)) == ':') {
    const char key = before(text, n);
    if (key == '{' || key == ',' || key == '\0') signs.add("nosql/operator-name", {n, end + 1});
  }
}

void operator_signs(std::string_view text, Signs& signs) {
  for (std::size_t n = text.find('$'); n != npos; n = text.find('$', n + 1)) {
    operator_sign(text, n, signs);
  }
}

bool is_joined(char c) { return c == '&' || c == '|' || c == ';' || c == '\0'; }

/// `' && this.password.match(`: the document, where a condition of the database is read.
void this_signs(std::string_view text, Signs& signs) {
  const std::size_t quote = text.find_first_of("'\"");
  for (std::size_t n = text.find("this."); n != npos; n = text.find("this.", n + 5)) {
    if (!is_joined(before(text, n)) || quote > n) continue;
    const std::size_t end = name_end(text, n + 5);
    const std::size_t next = skip_blanks(text, end);
    if (at(text, next) == '.' || at(text, next) == '=' || at(text, next) == '!') {
      signs.add("nosql/this-condition", {n, next + 1});
    }
  }
}

bool is_method(std::string_view name) {
  static constexpr std::array<std::string_view, 18> methods = {
      "aggregate", "count",     "deleteMany", "deleteOne",  "distinct", "drop",
      "eval",      "find",      "findOne",    "getUsers",   "insert",   "insertMany",
      "insertOne", "mapReduce", "remove",     "runCommand", "save",     "update"};
  static_assert(std::ranges::is_sorted(methods));
  return std::ranges::binary_search(methods, name);
}

/// `db.users.find(` at the text's start or behind the end of another statement.
void call_signs(std::string_view text, Signs& signs) {
  const std::size_t stop = text.rfind(';');
  for (std::size_t n = text.find("db."); n != npos; n = text.find("db.", n + 3)) {
    const char left = before(text, n);
    if (left != '\0' && left != ';' && left != '\'' && left != '"') continue;
    const std::size_t name = name_end(text, n + 3);
    if (at(text, name) != '.') continue;
    const std::size_t end = name_end(text, name + 1);
    if (at(text, end) != '(' || !is_method(part(text, name + 1, end - name - 1))) continue;
    const bool stacked = left != '\0' || (stop != npos && stop > end);
    signs.add(stacked ? "nosql/database-call" : "nosql/database-method", {n, end + 1});
  }
}

/// `do{now = new Date()}while(now - then < 5000)`: an answer that is late tells that it ran.
void loop_signs(std::string_view text, Signs& signs) {
  const std::size_t loop = std::min(text.find("do{"), text.find("do {"));
  if (loop == npos || (loop > 0 && name_byte(text[loop - 1]))) return;
  const std::size_t date = text.find("Date(", loop);
  if (date == npos) return;
  const std::size_t end = text.find("while", date);
  if (end != npos) signs.add("nosql/time-loop", {loop, end + 5});
}

/// `';sleep(5000);'`: a call of its own between what was left and what comes.
void sleep_signs(std::string_view text, Signs& signs) {
  for (std::size_t n = text.find("sleep("); n != npos; n = text.find("sleep(", n + 6)) {
    const std::size_t end = name_end(text, n + 6);
    const bool number = end > n + 6 && end - n < 16 && !letter(text[n + 6]);
    if (!number || at(text, end) != ')' || n < 2 || text[n - 1] != ';') continue;
    const char quote = text[n - 2];
    if (quote == '\'' || quote == '"') signs.add("nosql/sleep", {n - 2, end + 1});
  }
}

}  // namespace

void nosql_signs(std::string_view text, Signs& signs) {
  operator_signs(text, signs);
  if (!text.contains('(') && !text.contains('\'') && !text.contains('"')) return;
  this_signs(text, signs);
  call_signs(text, signs);
  loop_signs(text, signs);
  sleep_signs(text, signs);
}

}  // namespace gird::detect
