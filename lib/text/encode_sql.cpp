// Literals and names of SQL, by dialect. A parameter is better wherever one can be passed.
#include <algorithm>
#include <array>

#include "text/encode_families.hpp"
#include "text/escapes.hpp"

namespace gird::text {
namespace {

/// A quote twice. No byte of a character is taken for one: in none of the charsets that servers
/// speak is 0x27 the second byte of a character.
constexpr Escapes quote_table =
    Escapes(Beyond::utf8).write("'", [](unsigned char) { return Escape("''"); });

Encoded sql_ansi(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(quote_table, text, on_unsafe, "'", "'");
}
std::optional<std::string> read_ansi(std::string_view encoded) {
  return unescaped(quote_table, encoded, "'", "'");
}

/// With `standard_conforming_strings` off a backslash means something in '...', with E it always
/// does: so a text with one is written with E (as PQescapeLiteral does).
constexpr Escapes postgres_table =
    Escapes(quote_table).write("\\", [](unsigned char) { return Escape("\\\\"); });

Encoded sql_postgres(std::string_view text, OnUnsafe on_unsafe) {
  if (!text.contains('\\')) return sql_ansi(text, on_unsafe);
  return escaped(postgres_table, text, on_unsafe, " E'", "'");
}
std::optional<std::string> read_postgres(std::string_view encoded) {
  if (encoded.starts_with(" E'")) return unescaped(postgres_table, encoded, " E'", "'");
  return read_ansi(encoded);
}

/// Whether a backslash means something is a mode of the session (NO_BACKSLASH_ESCAPES): a text with
/// one, or with a control character, which clients change, is written in digits.
constexpr Escapes digits_table = [] {
  const auto digits = [](unsigned char byte) { return in_hex("", byte, 2); };
  return Escapes(Beyond::bytes).write_all_but("", digits).write(letters_and_digits, digits);
}();
constexpr std::string_view mysql_digits = "_utf8mb4 X'";
constexpr Escapes utf8_table = Escapes(Beyond::utf8).pass({"\0", 1});

bool plain_in_mysql(std::string_view text) {
  return std::ranges::none_of(
      text, [](char c) { return c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

Encoded sql_mysql(std::string_view text, OnUnsafe on_unsafe) {
  const auto valid = escaped(utf8_table, text, on_unsafe);
  if (!valid) return valid;
  if (plain_in_mysql(*valid)) return sql_ansi(*valid, on_unsafe);
  return escaped(digits_table, *valid, on_unsafe, mysql_digits, "'");
}
std::optional<std::string> read_mysql(std::string_view encoded) {
  if (encoded.starts_with(mysql_digits)) return unescaped(digits_table, encoded, mysql_digits, "'");
  return read_ansi(encoded);
}

/// Line breaks are joined on: a backslash before one is a continuation in Transact-SQL, and a line
/// of its own can be a command of the client (GO). So are the heads of what sqlcmd puts variables
/// in: $(name).
struct Joined {
  std::string_view open, close, join;
  std::string_view (*piece)(char byte);  ///< empty: stays in the literal
};

Encoded joined(const Joined& how, std::string_view text, OnUnsafe on_unsafe) {
  std::string out(how.open);
  bool several = false;
  std::size_t start = 0;
  const auto add = [&](std::size_t end) {
    auto part = escaped(quote_table, text.substr(start, end - start), on_unsafe);
    if (!part)
      part.error().offset += start;
    else
      out += *part;
    return part;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view piece = how.piece(text[i]);
    if (piece.empty()) continue;
    if (const auto part = add(i); !part) return part;
    out += how.close;
    out += how.join;
    out += piece;
    out += how.join;
    out += how.open;
    start = i + 1;
    several = true;
  }
  if (const auto part = add(text.size()); !part) return part;
  out += how.close;
  return several ? "(" + out + ")" : out;
}

std::string_view mssql_piece(char byte) {
  switch (byte) {
    case '\n': return "NCHAR(10)";
    case '\r': return "NCHAR(13)";
    case '$': return "NCHAR(36)";
    default: return {};
  }
}
/// SQL*Plus puts variables in for `&` and reads lines of `/` and `.` itself.
std::string_view oracle_piece(char byte) {
  switch (byte) {
    case '\n': return "CHR(10)";
    case '\r': return "CHR(13)";
    case '&': return "CHR(38)";
    default: return {};
  }
}

Encoded sql_mssql(std::string_view text, OnUnsafe on_unsafe) {
  return joined({"N'", "'", "+", mssql_piece}, text, on_unsafe);
}
Encoded sql_oracle(std::string_view text, OnUnsafe on_unsafe) {
  return joined({"'", "'", "||", oracle_piece}, text, on_unsafe);
}

/// Of a pattern, with ESCAPE '\': no literal yet, but a text.
constexpr Escapes like_table = Escapes(Beyond::utf8).before("\\%_", "\\");

Encoded sql_like(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(like_table, text, on_unsafe);
}
std::optional<std::string> read_like(std::string_view encoded) {
  return unescaped(like_table, encoded);
}

constexpr Escapes ident_table =
    Escapes(Beyond::utf8).write("\"", [](unsigned char) { return Escape("\"\""); });
constexpr Escapes mysql_ident_table =
    Escapes(Beyond::utf8).write("`", [](unsigned char) { return Escape("``"); });
constexpr Escapes mssql_ident_table =
    Escapes(Beyond::utf8).write("]", [](unsigned char) { return Escape("]]"); });

Encoded ident(const Escapes& table, std::string_view text, OnUnsafe on_unsafe,
              std::string_view open, std::string_view close) {
  if (!text.empty()) return escaped(table, text, on_unsafe, open, close);
  if (on_unsafe == OnUnsafe::replace) return escaped(table, "_", on_unsafe, open, close);
  return std::unexpected(Unsafe{0, "a name cannot be empty"});
}
Encoded sql_ident(std::string_view text, OnUnsafe on_unsafe) {
  return ident(ident_table, text, on_unsafe, "\"", "\"");
}
Encoded sql_ident_mysql(std::string_view text, OnUnsafe on_unsafe) {
  return ident(mysql_ident_table, text, on_unsafe, "`", "`");
}
Encoded sql_ident_mssql(std::string_view text, OnUnsafe on_unsafe) {
  return ident(mssql_ident_table, text, on_unsafe, "[", "]");
}
std::optional<std::string> read_ident(std::string_view encoded) {
  return unescaped(ident_table, encoded, "\"", "\"");
}
std::optional<std::string> read_ident_mysql(std::string_view encoded) {
  return unescaped(mysql_ident_table, encoded, "`", "`");
}
std::optional<std::string> read_ident_mssql(std::string_view encoded) {
  return unescaped(mssql_ident_table, encoded, "[", "]");
}

constexpr std::array<Context, 10> all{{
    {"sql:ansi", "a string in standard SQL", sql_ansi, read_ansi},
    {"sql:sqlite", "a string in SQLite", sql_ansi, read_ansi},
    {"sql:postgres", "a string in PostgreSQL", sql_postgres, read_postgres},
    {"sql:mysql", "a string in MySQL or MariaDB, in any mode", sql_mysql, read_mysql},
    {"sql:mssql", "a string in SQL Server", sql_mssql, nullptr},
    {"sql:oracle", "a string in Oracle", sql_oracle, nullptr},
    {"sql-like", "a text in a pattern of LIKE ... ESCAPE '\\', before it is made a string",
     sql_like, read_like},
    {"sql-ident", "a name in standard SQL, PostgreSQL, SQLite, Oracle", sql_ident, read_ident},
    {"sql-ident:mysql", "a name in MySQL or MariaDB", sql_ident_mysql, read_ident_mysql},
    {"sql-ident:mssql", "a name in SQL Server", sql_ident_mssql, read_ident_mssql},
}};

}  // namespace

std::span<const Context> sql_contexts() { return all; }

}  // namespace gird::text
