// Writing mdoc(7). What mdoc knows as flags, variables, files and pages is marked as such.
// Source: mdoc(7) of mandoc 1.14; the order of sections is the one `mandoc -Tlint` holds to.
#include "cli/man.hpp"

#include <algorithm>
#include <array>

#include "cli/groups.hpp"
#include "cli/help.hpp"
#include "cli/plain.hpp"

namespace gird::cli {
namespace {

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};

/// Sections of a command's page that have their own place in the manual; all others are parts of
/// the description.
constexpr std::array<std::string_view, 7> placed{"Options",  "Environment", "Files",  "Exit status",
                                                 "Examples", "See also",    "Caveats"};

/// `text` with roff's own characters taken for what they are.
std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size() + 8);
  for (const char letter : text) {
    switch (letter) {
      case '\\': safe += "\\e"; break;
      case '-': safe += "\\-"; break;
      case '"': safe += "\\(dq"; break;
      case '`': safe += "\\(ga"; break;
      case '\'': safe += "\\(aq"; break;
      case '^': safe += "\\(ha"; break;
      case '~': safe += "\\(ti"; break;
      default: safe += letter;
    }
  }
  return safe;
}

/// Words of running text: a hyphen between letters may become a typographic one, a dash may not.
std::string escaped_words(std::string_view text) {
  std::string safe;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto letter_at = [&](std::size_t at) {
      return at < text.size() && text[at] != '-' && text[at] != ' ';
    };
    if (text[i] == '\\') {
      safe += "\\e";
    } else if (text[i] == '-' && (i == 0 || !letter_at(i - 1) || !letter_at(i + 1))) {
      safe += "\\-";
    } else {
      safe += text[i];
    }
  }
  return safe;
}

/// A heading: a short first word, as `In`, could be a macro.
std::string heading_words(std::string_view text) {
  return (text.substr(0, text.find(' ')).size() <= 3 ? "\\&" : "") + escaped_words(text);
}

/// `text`, escaped already, as one argument of a macro. \& keeps short words from being taken for
/// macros and punctuation for delimiters.
std::string argument(const std::string& text) {
  if (text.contains(' ')) return "\"\\&" + text + "\"";
  const bool looks_special = text.size() <= 3 && std::ranges::any_of(text, [](char c) {
                               return (c < 'a' || c > 'z') && (c < '0' || c > '9');
                             });
  return looks_special ? "\\&" + text : text;
}

bool all_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == text.npos;
}

constexpr std::string_view capital_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";

/// The macro that says what `code` is.
std::string marked_code(std::string_view code) {
  if (code == "gird") return "Nm gird";
  const bool one_word = !code.contains(' ');
  const bool option = code.size() > 1 && code.front() == '-' && code != "--";
  if (one_word && option && !code.contains('=')) return "Fl " + argument(escaped(code.substr(1)));
  if (code.starts_with("GIRD_") && all_of(code, capital_letters)) {
    return "Ev " + std::string(code);
  }
  const bool file = code.starts_with('/') || code.starts_with("~/") || code.starts_with("$XDG_");
  if (one_word && file) return "Pa " + argument(escaped(code));
  return "Ql " + argument(escaped(code));
}

/// Text cut into what stands between blanks; a piece of one word keeps its style.
struct Piece {
  std::string macro;  ///< empty for running text
  std::string text;   ///< of running text alone
};
using Atom = std::vector<Piece>;

Piece marked(const Span& span) {
  switch (span.style) {
    case Span::Style::plain: break;
    case Span::Style::code: return {marked_code(span.text), {}};
    case Span::Style::emphasis: return {"Em " + argument(escaped(span.text)), {}};
    case Span::Style::strong: return {"Sy " + argument(escaped(span.text)), {}};
    case Span::Style::link:
      if (const auto page = parse_reference(span.text)) {
        return {"Xr " + std::string(page->name) + " " + page->number, {}};
      }
      if (span.target.contains("://")) {
        return {"Lk " + span.target + " " + argument(escaped(span.text)), {}};
      }
      return {{}, span.text};
  }
  return {{}, span.text};
}

/// A running word; "gird-config(5)," is a reference with a comma behind it.
void append_word(Atom& atom, std::string_view word) {
  std::string_view core = word;
  while (!core.empty() && std::string_view(".,;:").contains(core.back())) core.remove_suffix(1);
  if (const auto page = parse_reference(core)) {
    atom.push_back({"Xr " + std::string(page->name) + " " + page->number, {}});
    word.remove_prefix(core.size());
  }
  if (!word.empty()) atom.push_back({{}, std::string(word)});
}

std::vector<Atom> atoms_of(const Prose& prose) {
  std::vector<Atom> atoms(1);
  for (const Span& span : prose) {
    if (span.style != Span::Style::plain) {
      atoms.back().push_back(marked(span));
      continue;
    }
    std::string_view text = span.text;
    while (true) {
      const std::size_t end = text.find(' ');
      append_word(atoms.back(), text.substr(0, end));
      if (end == text.npos) break;
      text.remove_prefix(end + 1);
      if (!atoms.back().empty()) atoms.emplace_back();
    }
  }
  std::erase_if(atoms, [](const Atom& atom) { return atom.empty(); });
  return atoms;
}

bool runs(const Atom& atom) {
  return std::ranges::all_of(atom, [](const Piece& piece) { return piece.macro.empty(); });
}

bool closes(std::string_view text) { return all_of(text, ".,;:)]?!"); }

/// Quotes of .Ql end with its line: what stands before more text is closed by name.
std::string inner_macro(const std::string& macro) {
  constexpr std::string_view quoted = "Ql ";
  return macro.starts_with(quoted) ? "So Li " + macro.substr(quoted.size()) + " Sc" : macro;
}

/// One atom as macros and their arguments; `more` follow it on the same line.
std::string macros_of(const Atom& atom, bool more) {
  const bool ends = atom.back().macro.empty() && closes(atom.back().text);
  std::string line;
  for (std::size_t i = 0; i < atom.size(); ++i) {
    const Piece& piece = atom[i];
    if (ends && i == atom.size() - 1) {
      // mdoc knows these and leaves no blank.
      for (const char mark : piece.text) (line += ' ') += mark;
      break;
    }
    const bool inner = more || i + (ends ? 2 : 1) < atom.size();
    if (i > 0) line += " Ns ";
    if (piece.macro.empty()) {
      line += "No " + argument(escaped(piece.text));
    } else {
      line += inner ? inner_macro(piece.macro) : piece.macro;
    }
  }
  return line;
}

std::string macro_line(const Atom& atom) { return "." + macros_of(atom, false); }

/// All of `atoms` as the arguments of one macro.
std::string arguments_of(const std::vector<Atom>& atoms) {
  std::string line;
  for (const Atom& atom : atoms) {
    line += line.empty() ? "" : " ";
    line += macros_of(atom, &atom != &atoms.back());
  }
  return line;
}

bool ends_sentence(std::string_view line) {
  return line.ends_with('.') || line.ends_with('?') || line.ends_with('!');
}

/// Grows lines; new sentences start new ones, as mdoc wants it.
class Lines {
 public:
  void word(std::string_view text) {
    if (line_.size() + text.size() > 90) flush();
    if (line_.empty()) {
      if (text.starts_with('.') || text.starts_with('\'')) line_ = "\\&";
    } else {
      line_ += ' ';
    }
    line_ += escaped_words(text);
    if (ends_sentence(text)) flush();
  }
  void macro(std::string_view line) {
    flush();
    out_.append(line) += '\n';
  }
  std::string text() {
    flush();
    return std::move(out_);
  }

 private:
  void flush() {
    if (!line_.empty()) out_.append(line_) += '\n';
    line_.clear();
  }

  std::string out_;
  std::string line_;
};

void append_literal(std::string& out, const std::vector<std::string>& lines) {
  out += ".Bd -literal -offset indent\n";
  for (const std::string& line : lines) {
    // A line of text may be empty only as \&, and may not start with a control character.
    const bool guarded = line.empty() || line.front() == '.' || line.front() == '\'';
    out += (guarded ? "\\&" : "") + escaped(line) + "\n";
  }
  out += ".Ed\n";
}

void append(std::string& out, const Paragraph& paragraph) { out += mdoc(paragraph.prose); }

void append(std::string& out, const List& list) {
  out += ".Bl -bullet\n";
  for (const Prose& item : list.items) out += ".It\n" + mdoc(item);
  out += ".El\n";
}

/// The first column as tags; of three columns or more, the others with their headings.
void append(std::string& out, const Table& table) {
  out += ".Bl -tag -width Ds\n";
  for (const auto& row : table.rows) {
    const std::vector<Atom> tag = atoms_of(row.empty() ? Prose{} : row.front());
    // .It takes all of it as its arguments.
    out += tag.empty() || runs(tag.front())
               ? ".It Sy " + argument(escaped(plain(row.empty() ? Prose{} : row.front()))) + "\n"
               : ".It " + arguments_of(tag) + "\n";
    for (std::size_t i = 1; i < row.size(); ++i) {
      if (row[i].empty()) continue;
      if (row.size() > 2) {
        if (i > 1) out += ".br\n";
        out += mdoc({{Span::Style::emphasis, plain(table.heading[i])}, {{}, ":"}});
      }
      out += mdoc(row[i]);
    }
  }
  out += ".El\n";
}

void append(std::string& out, const Console& console) {
  std::vector<std::string> lines;
  for (const Step& step : console.steps) {
    lines.push_back("$ " + std::string(step.command));
    for (const std::string_view line : step.more) lines.push_back("> " + std::string(line));
    for (const std::string_view line : step.output) lines.emplace_back(line);
  }
  append_literal(out, lines);
}

void append(std::string& out, const Listing& listing) {
  append_literal(out, {listing.lines.begin(), listing.lines.end()});
}

bool is_running(const Block& block) { return std::holds_alternative<Paragraph>(block); }

void append_blocks(std::string& out, const std::vector<Block>& blocks, bool after_text = false) {
  for (const Block& block : blocks) {
    // Lists and displays bring their own space.
    if (after_text && is_running(block)) out += ".Pp\n";
    std::visit([&](const auto& one) { append(out, one); }, block);
    after_text = true;
  }
}

void append_section(std::string& out, const Document& page, std::string_view name,
                    bool after_text) {
  const Section* section = page.section(name);
  if (section == nullptr || section->blocks.empty()) return;
  if (!after_text) out += ".Sh " + capitals(name) + "\n";
  append_blocks(out, section->blocks, after_text);
}

std::string head(std::string_view name, char number, std::string_view summary,
                 std::string_view date) {
  std::string day(date.substr(8, 2));
  if (day.starts_with('0')) day.erase(0, 1);
  const auto month =
      static_cast<std::size_t>(date[5] - '0') * 10 + static_cast<std::size_t>(date[6] - '0');
  std::string out = ".Dd " + std::string(months.at(month - 1)) + " " + day + ", ";
  out.append(date.substr(0, 4)).append("\n.Dt ").append(capitals(name)).append(" ") += number;
  out += "\n.Os\n.Sh NAME\n.Nm " + std::string(name) + "\n.Nd " + escaped_words(summary) + "\n";
  return out;
}

std::string flags(const Row& row) {
  const auto taking = [&](const std::string& flag) {
    if (row.stands_alone()) return flag;
    return row.placeholder().empty() ? flag : flag + " Ar " + argument(escaped(row.placeholder()));
  };
  std::string text;
  if (row.letter() != '\0') {
    const std::string letter(1, row.letter());
    text = taking("Fl " + argument(letter));
    if (has_long_name(row)) text += " , ";
  }
  if (has_long_name(row)) text += taking("Fl " + escaped(row.long_name().substr(1)));
  if (row.stands_alone()) text += " Ns Op = Ns Ar " + argument(escaped(row.placeholder()));
  return text;
}

/// A help line as a sentence.
std::string sentence(std::string_view help) {
  const std::string first = capitals(help.substr(0, 1));
  return first + std::string(help.substr(std::min<std::size_t>(1, help.size()))) + ".";
}

/// The same of an option, where a value that comes first keeps its spelling: "full: ...".
std::string sentence(const Row& row) {
  const std::string_view first = row.help().substr(0, row.help().find_first_of(" :;,"));
  const std::vector<Word> words = row.words();
  const bool value = std::ranges::find(words, first, &Word::name) != words.end();
  return value ? std::string(row.help()) + "." : sentence(row.help());
}

void append_words(std::string& out, const Row& row) {
  const std::vector<Word> words = row.words();
  if (words.empty()) return;
  if (row.type_name() == "choice") {
    out += "It is one of:\n";
  } else {
    out += "Words with a meaning of their own:\n";
  }
  out += ".Bl -tag -width Ds -compact\n";
  for (const Word& word : words) {
    out += ".It Cm " + argument(escaped(word.name)) + "\n";
    if (!word.help.empty()) out += mdoc({{Span::Style::plain, std::string(word.help)}});
  }
  out += ".El\n";
}

void append_options(std::string& out, const Rows& rows) {
  out += ".Sh OPTIONS\n";
  for (const Group& group : groups(rows)) {
    if (group.heading != "Options") out += ".Ss " + std::string(group.heading) + "\n";
    out += ".Bl -tag -width Ds\n";
    for (const Row* row : group.rows) {
      out += ".It " + flags(*row) + "\n" + mdoc({{Span::Style::plain, sentence(*row)}});
      if (row->repeats()) out += "May be repeated.\n";
      if (const std::string value = row->value(); !value.empty()) {
        out += "The default is\n.Cm " + argument(escaped(value)) + " .\n";
      }
      append_words(out, *row);
    }
    out += ".El\n";
  }
}

void append_environment(std::string& out, const Command& command, const Document& page,
                        const Rows& rows) {
  std::string list;
  for (const Row& row : rows) {
    if (row.is_heading() || shown_variable(command, row).empty()) continue;
    list += ".It Ev " + shown_variable(command, row) + "\n.Fl " +
            escaped(row.long_name().substr(1)) + "\n";
  }
  if (!list.empty()) {
    out += ".Sh ENVIRONMENT\nAn option that is not typed takes its value from its variable.\n";
    if (command.kind != Kind::tool) {
      out +=
          "Without the command's name in it, as\n.Ev GIRD_OPTION ,\n"
          "the variable holds for all commands.\n";
    }
    out += ".Pp\n.Bl -tag -width Ds -compact\n" + list + ".El\n";
  }
  append_section(out, page, "Environment", !list.empty());
}

void append_files(std::string& out, const Command& command, const Document& page) {
  const bool configured = command.kind != Kind::tool;
  if (configured) {
    out +=
        ".Sh FILES\n.Bl -tag -width Ds -compact\n"
        ".It Pa /etc/gird/config.toml\ndefaults of this machine\n"
        ".It Pa ~/.config/gird/config.toml\ndefaults of this user; see\n"
        ".Xr gird-config 5\n.El\n";
  }
  append_section(out, page, "Files", configured);
}

void append_exits(std::string& out, const Command& command, const Document& page) {
  out += ".Sh EXIT STATUS\n.Bl -tag -width 128+N -compact\n";
  for (const ExitLine& line : exit_lines(command.kind)) {
    out += ".It " + argument(std::string(line.code)) + "\n" + escaped_words(line.meaning) + "\n";
  }
  out += ".El\n";
  append_section(out, page, "Exit status", true);
}

void append_see_also(std::string& out, const std::vector<Reference>& others) {
  if (others.empty()) return;
  out += ".Sh SEE ALSO\n";
  for (const Reference& other : others) {
    out.append(".Xr ").append(other.name).append(" ") += other.number;
    out += &other == &others.back() ? "\n" : " ,\n";
  }
}

bool has_place(std::string_view title) { return std::ranges::find(placed, title) != placed.end(); }

void append_description(std::string& out, const Command& command, const Document& page,
                        const Rows& rows) {
  out += ".Sh DESCRIPTION\n";
  const std::vector<Block>& lead = page.sections.front().blocks;
  append_blocks(out, lead);
  if (command.kind != Kind::wrapper && !operands(rows).empty()) {
    out += lead.empty() ? "" : ".Pp\n";
    out += "The arguments are as follows:\n.Bl -tag -width Ds\n";
    for (const Row* row : operands(rows)) {
      out += ".It Ar " + escaped(row->long_name()) + "\n" +
             mdoc({{Span::Style::plain, sentence(*row)}});
      // Not the words that merely may be completed, as the names of all commands.
      if (!choices(*row).empty()) append_words(out, *row);
    }
    out += ".El\n";
  }
  bool skipped = false;
  for (const Section& section : page.sections) {
    if (section.level == 1) continue;
    if (section.level == 2) skipped = has_place(section.title);
    if (skipped) continue;
    if (section.level == 2) {
      out += ".Ss " + heading_words(section.title) + "\n";
    } else {
      out += ".Pp\n.Sy " + argument(escaped(section.title)) + "\n";
    }
    append_blocks(out, section.blocks, section.level == 3);
  }
}

std::string synopsis(const Command& command, const Rows& rows) {
  std::string out = ".Sh SYNOPSIS\n.Nm gird " + std::string(command.name) + "\n.Op Ar options\n";
  if (command.kind == Kind::wrapper) {
    return out + ".Op Fl \\-\n.Ar COMMAND\n.Op Ar ARG ...\n";
  }
  for (const Row* row : operands(rows)) {
    const std::string_view shown = row->placeholder();
    const bool optional = shown.starts_with('[');
    if (optional) {
      std::string_view inner = shown.substr(1, shown.size() - 2);
      const bool many = inner.ends_with("...");
      if (many) inner.remove_suffix(3);
      out += ".Op Ar " + escaped(inner) + (many ? " ...\n" : "\n");
    } else {
      out += ".Ar " + escaped(shown.empty() ? row->long_name() : shown) +
             (row->repeats() ? " ...\n" : "\n");
    }
  }
  return out;
}

void append_commands(std::string& out, const Catalogue& catalogue) {
  out += ".Sh COMMANDS\n";
  for (const Kind kind : {Kind::wrapper, Kind::filter, Kind::checker, Kind::tool}) {
    std::string list;
    for (const Command* command : catalogue.commands) {
      if (command->kind != kind) continue;
      list += ".It Xr gird-" + std::string(command->name) + " 1\n" +
              mdoc({{Span::Style::plain, sentence(command->summary)}});
    }
    if (list.empty()) continue;
    out += ".Ss " + std::string(heading(kind)) + "\n.Bl -tag -width Ds\n" + list + ".El\n";
  }
}

}  // namespace

std::string mdoc(const Prose& prose) {
  Lines lines;
  for (const Atom& atom : atoms_of(prose)) {
    if (!runs(atom)) {
      lines.macro(macro_line(atom));
      continue;
    }
    std::string word;
    for (const Piece& piece : atom) word += piece.text;
    lines.word(word);
  }
  return lines.text();
}

std::string manual(const Command& command, const Catalogue& catalogue, std::string_view date) {
  const Form form = form_of(command);
  const Document page = parse_page(catalogue.page(command.name));
  std::string out = head("gird-" + std::string(command.name), '1', command.summary, date);
  out += synopsis(command, form.rows);
  append_description(out, command, page, form.rows);
  append_options(out, form.rows);
  append_section(out, page, "Options", page.section("Options") != nullptr);
  append_environment(out, command, page, form.rows);
  append_files(out, command, page);
  append_exits(out, command, page);
  append_section(out, page, "Examples", false);
  append_see_also(out, see_also(command, page, catalogue));
  append_section(out, page, "Caveats", false);
  return out;
}

std::string topic_manual(const Page& source, const Catalogue& catalogue, std::string_view date) {
  const Document page = parse_page(source.text);
  const Title& title = page.title;
  std::string out = head(title.name, title.number, title.summary, date);
  if (title.number == '1') {
    out += ".Sh SYNOPSIS\n.Nm\n.Ar COMMAND\n.Op Ar options\n.Op Ar ARG ...\n";
  }
  out += ".Sh DESCRIPTION\n";
  append_blocks(out, page.sections.front().blocks);
  if (title.number == '1') append_commands(out, catalogue);
  for (const Section& section : page.sections) {
    if (section.level == 1) continue;
    if (section.title == "See also") {
      std::vector<Reference> others = references(section);
      std::ranges::sort(others, {}, [](const Reference& r) { return std::pair(r.number, r.name); });
      append_see_also(out, others);
      continue;
    }
    out += section.level == 2 ? ".Sh " + capitals(section.title) + "\n"
                              : ".Ss " + heading_words(section.title) + "\n";
    append_blocks(out, section.blocks);
  }
  return out;
}

}  // namespace gird::cli
