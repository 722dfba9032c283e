// -h, --help and the listing of commands.
#include "cli/help.hpp"

#include <algorithm>
#include <array>

#include "cli/groups.hpp"
#include "cli/plain.hpp"
#include "cli/wrap.hpp"

namespace gird::cli {
namespace {

/// Where the help of an option starts.
constexpr std::size_t help_column = 28;

constexpr std::array kinds{Kind::wrapper, Kind::filter, Kind::checker, Kind::tool};

constexpr std::array<ExitLine, 8> wrapper_exits{{
    {"0", "the command succeeded"},
    {"N", "the command's own status, passed through"},
    {"75", "refused for now and the command did not run; try again later"},
    {"124", "a deadline passed"},
    {"125", "gird itself failed, usage errors included"},
    {"126", "the command cannot be executed"},
    {"127", "there is no such command"},
    {"128+N", "the command was killed by signal N"},
}};

constexpr std::array<ExitLine, 5> filter_exits{{
    {"0", "done"},
    {"1", "a negative result: the input cannot be mended or was rejected"},
    {"2", "usage or configuration error"},
    {"3", "could not do it: a file, the network or the state store failed"},
    {"75", "refused for now; try again later"},
}};

constexpr std::array<ExitLine, 6> checker_exits{{
    {"0", "the check passed"},
    {"1", "it did not: a finding, unhealthy"},
    {"2", "usage or configuration error"},
    {"3", "could not find out: a file, the network or the state store failed"},
    {"75", "refused for now; try again later"},
    {"124", "a deadline passed"},
}};

constexpr std::array<ExitLine, 4> tool_exits{{
    {"0", "done"},
    {"1", "there is nothing to do it with"},
    {"2", "usage or configuration error"},
    {"3", "could not do it: a file cannot be read or written"},
}};

/// "  -n, --attempts N"; long names stand below each other.
std::string label(const Row& row) {
  std::string text = "  ";
  if (row.letter() != '\0') {
    text.append("-") += row.letter();
    if (has_long_name(row)) text += ", ";
  } else {
    text += "    ";
  }
  if (has_long_name(row)) text += row.long_name();
  if (row.stands_alone()) return text.append("[=").append(row.placeholder()).append("]");
  if (!row.placeholder().empty()) text.append(" ").append(row.placeholder());
  return text;
}

/// `text` with the default of `row` in brackets.
std::string with_default(const Row& row, std::string_view text) {
  const std::string value = row.value();
  return value.empty() ? std::string(text) : std::string(text) + " [" + value + "]";
}

bool fits_beside_label(std::string_view text) { return help_column + columns(text) <= page_width; }

/// What a row says on one line: everything, or its first clause with the default if that fits too.
std::string brief(const Row& row) {
  std::string all = with_default(row, row.help());
  if (fits_beside_label(all)) return all;
  const std::string_view clause = row.help().substr(0, row.help().find_first_of(";:"));
  std::string first = with_default(row, clause);
  return fits_beside_label(first) ? first : std::string(clause);
}

/// Whether the help line explains every one of `words` itself.
bool names_all(std::string_view help, const std::vector<Word>& words) {
  return std::ranges::all_of(words, [&](const Word& word) { return help.contains(word.name); });
}

void append_option(std::string& out, const Row& row, const std::string& text) {
  out += label(row);
  append_wrapped(out, text, help_column);
}

/// The commands of the page's examples, in their order.
/// What of a page stands in a help.
Document help_sections(std::string_view text) {
  static constexpr std::array<std::string_view, 3> names{"Examples", "Exit status", "See also"};
  return parse_sections(text, names);
}

std::vector<std::string_view> example_commands(const Document& page) {
  std::vector<std::string_view> commands;
  const Section* examples = page.section("Examples");
  if (examples == nullptr) return commands;
  for (const Block& block : examples->blocks) {
    const auto* console = std::get_if<Console>(&block);
    if (console == nullptr) continue;
    for (const Step& step : console->steps) {
      if (step.more.empty()) commands.push_back(step.command);
    }
  }
  return commands;
}

void append_examples(std::string& out, const Document& page) {
  const Section* examples = page.section("Examples");
  if (examples == nullptr) return;
  out += "\nEXAMPLES\n";
  for (std::size_t i = 0; i < examples->blocks.size(); ++i) {
    const Block& block = examples->blocks[i];
    const auto* console = std::get_if<Console>(&block);
    if (i > 0 && console == nullptr) out += '\n';
    if (console == nullptr) {
      append_plain(out, block, 2);
      continue;
    }
    // What the commands print is in the manual page.
    for (const Step& step : console->steps) {
      out.append("    $ ").append(step.command) += '\n';
      for (const std::string_view line : step.more) out.append("    > ").append(line) += '\n';
    }
  }
}

void append_options(std::string& out, const Command& command, const Rows& rows) {
  out += "\nOPTIONS\n";
  bool first = true;
  for (const Group& group : groups(rows)) {
    if (!first) out += '\n';
    if (!first || group.heading != "Options") out.append(group.heading).append(":\n");
    first = false;
    for (const Row* row : group.rows) {
      const std::vector<Word> words = choices(*row);
      const bool all_named = names_all(row->help(), words);
      const std::string words_too = all_named ? "" : ": " + listed(words);
      std::string text = with_default(*row, std::string(row->help()) + words_too);
      if (row->repeats()) text += " (may be repeated)";
      const std::string name = shown_variable(command, *row);
      if (!name.empty()) text += " $" + name;
      append_option(out, *row, text);
    }
  }
}

void append_exits(std::string& out, const Command& command, const Document& page) {
  out += "\nEXIT STATUS\n";
  for (const ExitLine& line : exit_lines(command.kind)) {
    out.append("  ").append(line.code);
    append_wrapped(out, line.meaning, 10);
  }
  const Section* more = page.section("Exit status");
  if (more == nullptr) return;
  out += '\n';
  append_plain(out, more->blocks, 2);
}

void append_see_also(std::string& out, const Command& command, const Document& page,
                     const Catalogue& catalogue) {
  std::string list;
  for (const Reference& other : see_also(command, page, catalogue)) {
    if (!list.empty()) list += ", ";
    list.append(other.name).append("(") += other.number;
    list += ')';
  }
  out += "\nSEE ALSO\n";
  append_wrapped(out, list, 2);
}

std::string title(const Command& command) {
  return "gird " + std::string(command.name) + ": " + std::string(command.summary) + "\n";
}

}  // namespace

std::string_view heading(Kind kind) {
  switch (kind) {
    case Kind::wrapper: return "Run a command under a policy";
    case Kind::filter: return "Filter what flows through a pipe";
    case Kind::checker: return "Look and answer";
    case Kind::tool: return "Get to know gird";
  }
  return {};
}

std::span<const ExitLine> exit_lines(Kind kind) {
  switch (kind) {
    case Kind::wrapper: return wrapper_exits;
    case Kind::filter: return filter_exits;
    case Kind::checker: return checker_exits;
    case Kind::tool: return tool_exits;
  }
  return {};
}

std::string usage(const Command& command, const Rows& rows) {
  std::string text = "gird " + std::string(command.name) + " [options]";
  if (command.kind == Kind::wrapper) return text + " [--] COMMAND [ARG...]";
  for (const Row* row : operands(rows)) {
    // The placeholder of an operand is how it looks where it may be left out, or one of few words.
    const std::string_view shown =
        row->placeholder().empty() ? row->long_name() : row->placeholder();
    text.append(" ").append(shown);
    if (row->placeholder().empty() && row->repeats()) text += "...";
  }
  return text;
}

std::string short_help(const Command& command, const Catalogue& catalogue) {
  const Form form = form_of(command);
  const Document page = help_sections(catalogue.page(command.name));
  std::string out;
  out.reserve(2048);
  out += title(command) + "\nUsage: " + usage(command, form.rows) + "\n";
  std::size_t shown = 0;
  for (const std::string_view example : example_commands(page)) {
    if (!example.contains("gird ") || columns(example) + 2 > page_width || shown == 2) continue;
    if (shown++ == 0) out += "\nExamples:\n";
    out.append("  ").append(example) += '\n';
  }
  out += "\nOptions:\n";
  for (const Row& row : form.rows) {
    if (!row.is_heading() && row.is_common()) append_option(out, row, brief(row));
  }
  return out;
}

std::string long_help(const Command& command, const Catalogue& catalogue) {
  const Form form = form_of(command);
  const Document page = help_sections(catalogue.page(command.name));
  std::string out;
  out.reserve(16384);
  out += title(command) + "\nUSAGE\n  " + usage(command, form.rows) + "\n";
  append_examples(out, page);
  append_options(out, command, form.rows);
  append_exits(out, command, page);
  append_see_also(out, command, page, catalogue);
  return out;
}

std::string topic_help(const Page& page) {
  const Document document = parse_page(page.text);
  std::string out(document.title.name);
  if (!document.title.summary.empty()) out.append(": ").append(document.title.summary);
  return out + "\n\n" + plain_sections(document, 0, document.sections.size());
}

std::string overview(const Catalogue& catalogue) {
  std::string out;
  out.reserve(2048);
  out += "gird " + std::string(catalogue.version) + ": make other commands dependable\n";
  out += "\nUsage: gird COMMAND [options] ...\n";
  for (const Kind kind : kinds) {
    bool first = true;
    for (const Command* command : catalogue.commands) {
      if (command->kind != kind) continue;
      if (first) out.append("\n").append(heading(kind)).append(":\n");
      first = false;
      out.append("  ").append(command->name);
      append_wrapped(out, command->summary, 18);
    }
  }
  out += "\n'gird help COMMAND' tells more; 'gird help gird' is the manual.\n";
  return out;
}

std::vector<Reference> references(const Section& section) {
  std::vector<Reference> found;
  const auto take = [&](const Prose& prose) {
    for (const Span& span : prose) {
      std::string_view text = span.text;
      while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" ,;"), text.size());
        if (const auto reference = parse_reference(text.substr(0, end))) {
          found.push_back(*reference);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
      }
    }
  };
  for (const Block& block : section.blocks) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) take(paragraph->prose);
    if (const auto* list = std::get_if<List>(&block)) std::ranges::for_each(list->items, take);
  }
  return found;
}

std::vector<Reference> see_also(const Command& command, const Document& page,
                                const Catalogue& catalogue) {
  std::vector<Reference> all;
  const auto add_known = [&](std::string_view name) {
    const Page* known = topic(catalogue, name);
    if (known == nullptr) return;
    const Title title = title_of(known->text);
    all.push_back({title.name, title.number});
  };
  add_known("gird");
  if (command.kind != Kind::tool) add_known("gird-config");
  if (command.kind == Kind::wrapper) add_known("gird-events");
  if (const Section* section = page.section("See also")) {
    for (const Reference& other : references(*section)) all.push_back(other);
  }
  const auto order = [](const Reference& reference) {
    return std::pair(reference.number, reference.name);
  };
  std::ranges::sort(all, {}, order);
  const auto repeated = std::ranges::unique(all);
  all.erase(repeated.begin(), repeated.end());
  return all;
}

std::vector<std::string_view> topics(const Catalogue& catalogue) {
  std::vector<std::string_view> names;
  for (const Page& page : catalogue.pages) {
    const bool template_of_shell = page.name.contains('/');
    if (!template_of_shell && catalogue.command(page.name) == nullptr) names.push_back(page.name);
  }
  return names;
}

const Page* topic(const Catalogue& catalogue, std::string_view name) {
  const auto bare = [](std::string_view word) { return word.substr(0, word.find('.')); };
  const std::vector<std::string_view> names = topics(catalogue);
  for (const Page& page : catalogue.pages) {
    if (std::ranges::find(names, page.name) == names.end()) continue;
    const std::string_view without = bare(page.name);
    if (name == page.name || name == without) return &page;
    if (without.starts_with("gird-") && name == without.substr(5)) return &page;
  }
  return nullptr;
}

}  // namespace gird::cli
