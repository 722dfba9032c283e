// Filling forms. The only file that knows CLI11.
#include "cli/fill.hpp"

// CLI11 includes <iostream>, whose standard streams would be constructed at every start of the
// program (0.05 ms, a sixth of all it costs) though nothing here prints. Its guard keeps it out;
// what CLI11 names of it is declared, and never used.
#define _GLIBCXX_IOSTREAM 1  // NOLINT(bugprone-reserved-identifier)
#include <istream>
#include <ostream>
namespace std {
extern istream cin;
extern ostream cout;
extern ostream cerr;
}  // namespace std

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cstring>
#include <map>

#include "base/quoting.hpp"

namespace gird::cli {
namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

std::size_t row_named(const Rows& rows, std::string_view name) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].is_heading() || rows[i].is_operand()) continue;
    if (rows[i].long_name() == name) return i;
  }
  return nowhere;
}

std::size_t row_lettered(const Rows& rows, char letter) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].is_heading() && !rows[i].is_operand() && rows[i].letter() == letter) return i;
  }
  return nowhere;
}

/// "--no-quiet" for "--quiet", and "--fuse" for "--no-fuse".
std::string opposite(std::string_view name) {
  constexpr std::string_view no = "--no-";
  if (name.starts_with(no)) return std::string("--").append(name.substr(no.size()));
  return std::string(no).append(name.substr(2));
}

/// A typed option, resolved to its row.
struct Token {
  std::size_t row;
  bool negated = false;
  std::optional<std::string_view> value = {};
};

Error unknown_option(const Rows& rows, std::string_view name) {
  std::vector<std::string_view> known;
  for (const Row& row : rows) {
    // Any letter is one edit from any other, which says nothing.
    const bool option = !row.is_heading() && !row.is_operand() && name.size() > 2;
    if (option) known.push_back(row.long_name());
  }
  return {Fault::usage, "option-unknown", shell_quoted(name), "no such option",
          did_you_mean(nearest(name, known))};
}

/// What follows a letter whose value may be left out is that value where it can be no letter:
/// `-i.bak` and `-i~`, as sed has them, and `-i=.bak`; but `-iq` is two options.
std::optional<std::string_view> attached_to_letter(std::string_view rest) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (rest.empty() || is_letter(rest.front())) return std::nullopt;
  return rest.substr(rest.front() == '=' ? 1 : 0);
}

/// Splits the command line at its first operand (or collects operands, where they may be mixed)
/// and finds out which rows are mentioned: only these become CLI11 options, which is what keeps
/// the start short (26 options cost CLI11 0.1 ms).
class Scanner {
 public:
  Scanner(const Command& command, const Rows& rows)
      : rows_(rows), posix_(command.kind == Kind::wrapper) {}

  void scan(std::span<const char* const> args) {
    for (std::size_t i = 0; i < args.size(); ++i) {
      const std::string_view word = args[i];
      if (word == "--") {
        operands.insert(operands.end(), args.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                        args.end());
        return;
      }
      const bool option = word.size() > 1 && word.front() == '-';
      if (!option && posix_) {
        operands.insert(operands.end(), args.begin() + static_cast<std::ptrdiff_t>(i), args.end());
        return;
      }
      const std::optional<std::string_view> next =
          i + 1 < args.size() ? std::optional<std::string_view>(args[i + 1]) : std::nullopt;
      bool took_next = false;
      if (!option) {
        operands.emplace_back(word);
      } else if (word.starts_with("--")) {
        took_next = long_option(word, next);
      } else {
        took_next = letters(word, next);
      }
      if (took_next) ++i;
    }
  }

  std::vector<Token> tokens;
  std::vector<std::string> operands;
  std::optional<Error> error;  ///< the first; kept, since a later --help wins over it

 private:
  void fail(Error fault) {
    if (!error) error = std::move(fault);
  }

  void missing_value(const Row& row) {
    fail({Fault::usage,
          "option-value",
          std::string(row.long_name()),
          "needs a value",
          {"write " + std::string(row.long_name()) + "=" + std::string(row.placeholder())}});
  }

  /// `--coerce salvage`: a word that the option knows, but that is not its value without "=".
  void check_detached(const Row& row, std::string_view next) {
    const auto words = row.words();
    if (std::ranges::find(words, next, &Word::name) == words.end()) return;
    const std::string name(row.long_name());
    fail({Fault::usage,
          "option-value",
          name + " " + std::string(next),
          "its value is attached by an equals sign",
          {name + "=" + std::string(next), name + " ./" + std::string(next) + " if it is a file"}});
  }

  bool long_option(std::string_view word, std::optional<std::string_view> next) {
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    Token token{row_named(rows_, name)};
    if (token.row == nowhere) {
      token.row = row_named(rows_, opposite(name));
      token.negated = token.row != nowhere && rows_[token.row].is_flag();
      if (!token.negated) token.row = nowhere;
    }
    if (token.row == nowhere) return fail(unknown_option(rows_, name)), false;
    const Row& row = rows_[token.row];
    if (row.is_flag()) {
      if (equals != word.npos) {
        fail({Fault::usage, "option-value", std::string(name), "takes no value"});
      }
      tokens.push_back(token);
      return false;
    }
    if (equals != word.npos) {
      token.value = word.substr(equals + 1);
      tokens.push_back(token);
      return false;
    }
    if (!next && row.takes_next()) return missing_value(row), false;
    if (next && !row.takes_next()) check_detached(row, *next);
    token.value = row.takes_next() ? next : row.alone();
    tokens.push_back(token);
    return row.takes_next();
  }

  Error unknown_letter(std::string_view word, std::size_t at) const {
    if (at == 1 && word.size() > 2) return unknown_option(rows_, word);
    Error fault = unknown_option(rows_, std::string("-") + word[at]);
    const std::size_t before = at > 1 ? row_lettered(rows_, word[at - 1]) : nowhere;
    if (before != nowhere && rows_[before].stands_alone()) {
      fault.hints = {std::string(rows_[before].long_name()) + "=" + shell_quoted(word.substr(at))};
    }
    return fault;
  }

  bool letters(std::string_view word, std::optional<std::string_view> next) {
    for (std::size_t at = 1; at < word.size(); ++at) {
      Token token{row_lettered(rows_, word[at])};
      if (token.row == nowhere) return fail(unknown_letter(word, at)), false;
      if (rows_[token.row].is_flag()) {
        tokens.push_back(token);
        continue;
      }
      if (rows_[token.row].stands_alone()) {
        const auto attached = attached_to_letter(word.substr(at + 1));
        token.value = attached ? *attached : rows_[token.row].alone();
        tokens.push_back(token);
        if (attached) return false;
        continue;
      }
      const bool attached = at + 1 < word.size();
      if (!attached && !next) return missing_value(rows_[token.row]), false;
      token.value = attached ? word.substr(at + 1) : *next;
      tokens.push_back(token);
      return !attached;
    }
    return false;
  }

  const Rows& rows_;
  bool posix_;
};

/// Hands the mentioned options to CLI11, which collects the values and enforces how often each
/// may come. Every token is given as "--name" "value", since CLI11 2.1 refuses "--name=" and
/// reads "-s=x" as "=x". Every value goes behind a guard: CLI11 takes "[a,b]" and "{}" for lists,
/// and "[]" makes it read past the end.
Result<std::vector<Typed::Mention>> through_cli11(const Rows& rows, std::span<const Token> tokens) {
  std::vector<Typed::Mention> mentions;
  if (tokens.empty()) return mentions;
  constexpr char guard = '=';
  CLI::App app;
  app.set_help_flag();
  app.allow_windows_style_options(false);
  struct Slot {
    CLI::Option* option;
    std::vector<std::string> values;
  };
  std::map<std::pair<std::size_t, bool>, Slot> slots;
  std::vector<std::string> words;
  const auto name_of = [&](const Token& token) {
    const std::string_view name = rows[token.row].long_name();
    return token.negated ? "--no-" + std::string(name.substr(2)) : std::string(name);
  };
  for (const Token& token : tokens) {
    Slot& slot = slots[{token.row, token.negated}];
    const Row& row = rows[token.row];
    if (slot.option == nullptr) {
      slot.option = row.is_flag() ? app.add_flag(name_of(token))
                                  : app.add_option(name_of(token), slot.values);
      if (!row.is_flag())
        slot.option->expected(row.repeats() ? CLI::detail::expected_max_vector_size : 1)
            ->type_size(1);
      if (row.repeats()) slot.option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
    words.push_back(name_of(token));
    if (token.value) words.push_back(guard + std::string(*token.value));
  }
  for (const Token& token : tokens) {
    // Said by hand: CLI11's text for a repeated option names neither the option nor the way out.
    const auto same = [&](const Token& other) { return other.row == token.row; };
    const Row& row = rows[token.row];
    if (row.repeats() || std::ranges::count_if(tokens, same) == 1) continue;
    if (row.is_flag() && row.is_only_typed()) continue;  // -h -h
    return misuse("option-repeated", std::string(row.long_name()), "given more than once");
  }
  std::ranges::reverse(words);
  try {
    app.parse(words);
  } catch (const CLI::ParseError& fault) {
    return misuse("option-value", "command line", fault.what());
  }
  for (const auto& [key, slot] : slots) {
    if (rows[key.first].is_flag()) mentions.push_back({key.first, "true", key.second});
    for (const std::string& value : slot.values) mentions.push_back({key.first, value.substr(1)});
  }
  return mentions;
}

/// How several values are written, for one who wrote "a,b".
std::string list_hint(const Row& row, std::string_view list, bool typed) {
  if (!typed)
    return "a variable holds one value; a list is typed or stands in a configuration file";
  std::string hint;
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(','));
    list.remove_prefix(std::min(item.size() + 1, list.size()));
    hint += (hint.empty() ? "" : " ") + std::string(row.long_name()) + " " + shell_quoted(item);
  }
  return hint;
}

Result<void> set_row(const Row& row, std::span<const std::string> values, std::string_view source) {
  if (row.repeats()) row.clear();
  for (const std::string& value : values) {
    auto done = row.set(value);
    if (done) continue;
    Error fault = std::move(done.error());
    fault.why = fault.what + ": " + fault.why;
    fault.what = source;
    if (row.repeats() && !row.is_operand() && value.contains(','))
      fault.hints = {list_hint(row, value, source == row.long_name())};
    return std::unexpected(std::move(fault));
  }
  return {};
}

/// What is typed for an option that is not there would do nothing, and nobody would notice.
Result<void> check_served(const Rows& rows, const Typed& typed, std::span<const Setting> settings) {
  for (const Typed::Mention& mention : typed.mentions) {
    const Row& row = rows[mention.row];
    const std::string_view served = row.serves();
    const auto sets_it = [&](const Setting& setting) { return setting.key == served; };
    if (served.empty() || typed_value(rows, typed, served) ||
        std::ranges::any_of(settings, sets_it)) {
      continue;
    }
    return misuse("options-contradict", std::string(row.long_name()),
                  "there is no --" + std::string(served) + " that it could belong to");
  }
  return {};
}

Result<void> fill_operands(const Rows& rows, std::span<const std::string> operands) {
  std::size_t next = 0;
  for (const Row& row : rows) {
    if (row.is_heading() || !row.is_operand()) continue;
    const std::size_t left = operands.size() - next;
    const std::size_t count = row.repeats() ? left : std::min<std::size_t>(1, left);
    if (auto done = set_row(row, operands.subspan(next, count), row.long_name()); !done)
      return done;
    next += count;
  }
  if (next < operands.size()) {
    return misuse("operand-unexpected", shell_quoted(operands[next]), "unexpected argument");
  }
  return {};
}

}  // namespace

Result<Typed> read_arguments(const Command& command, const Rows& rows,
                             std::span<const char* const> args) {
  Scanner scanner(command, rows);
  scanner.scan(args);
  Typed typed;
  for (const Token& token : scanner.tokens) {
    const std::string_view name = rows[token.row].long_name();
    if (name == "--help") typed.asked = Asked::long_help;
    if (name == "-h" && typed.asked != Asked::long_help) typed.asked = Asked::short_help;
    if (name == "--version" && typed.asked == Asked::nothing) typed.asked = Asked::version;
  }
  if (typed.asked != Asked::nothing) return typed;
  if (scanner.error) return std::unexpected(std::move(*scanner.error));
  auto mentions = through_cli11(rows, scanner.tokens);
  if (!mentions) return std::unexpected(std::move(mentions.error()));
  typed.mentions = std::move(*mentions);
  typed.operands = std::move(scanner.operands);
  return typed;
}

std::optional<std::string> typed_value(const Rows& rows, const Typed& typed, std::string_view key) {
  for (const Typed::Mention& mention : typed.mentions) {
    if (rows[mention.row].key() == key) return mention.value;
  }
  return std::nullopt;
}

Result<void> fill(const Rows& rows, const Typed& typed, std::span<const Setting> settings) {
  if (auto done = check_served(rows, typed, settings); !done) return done;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (row.is_heading() || row.is_operand()) continue;
    std::vector<std::string> values;
    for (const Typed::Mention& mention : typed.mentions) {
      if (mention.row == i) values.push_back(mention.negated ? "false" : mention.value);
    }
    const auto sets_it = [&](const Setting& setting) { return setting.key == row.key(); };
    if (!values.empty()) {
      if (auto done = set_row(row, values, row.long_name()); !done) return done;
    } else if (!settings.empty() && !row.is_only_typed()) {
      const auto setting = std::ranges::find_if(settings, sets_it);
      if (setting == settings.end()) continue;
      const auto stronger = [&](const Typed::Mention& mention) {
        return !mention.negated && row.yields_to_key(rows[mention.row].key());
      };
      if (std::ranges::any_of(typed.mentions, stronger)) continue;
      if (auto done = set_row(row, setting->values, setting->origin); !done) return done;
    }
  }
  return fill_operands(rows, typed.operands);
}

std::vector<Setting> from_environment(const Command& command, const Rows& rows,
                                      std::span<const char* const> environment) {
  std::vector<Setting> specific;
  std::vector<Setting> general;
  for (const char* variable_text : environment) {
    if (std::strncmp(variable_text, "GIRD_", 5) != 0) continue;
    const std::string_view entry = variable_text;
    const std::size_t equals = entry.find('=');
    if (equals == entry.npos || equals + 1 == entry.size()) continue;
    const std::string_view name = entry.substr(0, equals);
    for (const Row& row : rows) {
      if (row.is_heading() || row.is_operand() || row.is_only_typed()) continue;
      const bool own = name == variable(command.name, row.key());
      if (!own && name != variable("", row.key())) continue;
      (own ? specific : general)
          .push_back({row.key(), {std::string(entry.substr(equals + 1))}, std::string(name)});
    }
  }
  specific.insert(specific.end(), std::make_move_iterator(general.begin()),
                  std::make_move_iterator(general.end()));
  return specific;
}

}  // namespace gird::cli
