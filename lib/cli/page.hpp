// A page of man/ taken apart.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gird::cli {

// Pages are written in a small part of Markdown, the same on every reader:
//
//     # gird-config(5): one line        the title, and for a topic what it is about
//     ## Section, ### Part              headings; what stands before the first is the description
//     words, `code`, *emphasis*,        paragraphs, parted by empty lines; a backslash before a
//     **strong**, [text](target)        punctuation mark takes its meaning away
//     - item                            lists, each item with its continuation lines indented
//     | a | b |                         tables; the first row is the heading, the second is dashes
//     ```console                        a transcript: `$ command`, continued by `> `, what it
//                                       prints, `...` where output is skipped, `[7]` for an exit
//                                       status
//     ```anything                       other text that is shown as it stands
//     <!-- words -->                    a line that is no part of the page

/// A stretch of text in one style. `target` is where a link leads.
struct Span {
  enum class Style { plain, code, emphasis, strong, link };
  Style style = Style::plain;
  std::string text;
  std::string target = {};

  friend bool operator==(const Span&, const Span&) = default;
};
using Prose = std::vector<Span>;

struct Paragraph {
  Prose prose;
};

struct List {
  std::vector<Prose> items;
};

/// Every row has as many cells as the heading.
struct Table {
  std::vector<Prose> heading;
  std::vector<std::vector<Prose>> rows;
};

/// A command of a transcript, the further lines of that command, and the lines below it, statuses
/// and skips included.
struct Step {
  std::string_view command;
  std::vector<std::string_view> more = {};
  std::vector<std::string_view> output = {};
};

struct Console {
  std::vector<Step> steps;
};

struct Listing {
  std::vector<std::string_view> lines;
};

using Block = std::variant<Paragraph, List, Table, Console, Listing>;

/// `level` is 2 or 3; 1 for what stands before the first heading.
struct Section {
  std::string_view title;
  int level = 1;
  std::vector<Block> blocks;
};

/// "gird-config(5): one line" is {"gird-config", '5', "one line"}; `number` is '\0' and `summary`
/// empty where the title is plain.
struct Title {
  std::string_view name;
  char number = '\0';
  std::string_view summary;
};

/// A reference to a manual page, as text has it: "timeout(1)".
struct Reference {
  std::string_view name;
  char number;

  friend auto operator<=>(const Reference&, const Reference&) = default;
};

/// A page. Its views point into the text it was read from.
struct Document {
  Title title;
  std::vector<Section> sections;

  /// The first section of that title, whatever its level; null when there is none.
  [[nodiscard]] const Section* section(std::string_view name) const;
  /// The positions [first, last) in `sections` of that section with the parts below it.
  [[nodiscard]] std::pair<std::size_t, std::size_t> reach(std::string_view name) const;
};

/// Takes `text` apart. Whatever is no part of the subset above is a paragraph as it stands.
Document parse_page(std::string_view text);

/// Only the title and the sections called `names`, with the parts below them: what a help needs
/// costs a fifth of the whole page.
Document parse_sections(std::string_view text, std::span<const std::string_view> names);

/// The title alone, which stands in the first line.
Title title_of(std::string_view text);

Prose parse_prose(std::string_view text);

/// "timeout(1)" taken apart; nothing for other words.
std::optional<Reference> parse_reference(std::string_view word);

}  // namespace gird::cli
