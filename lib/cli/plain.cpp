// Rendering blocks as text.
#include "cli/plain.hpp"

#include <algorithm>

#include "cli/wrap.hpp"

namespace gird::cli {
namespace {

bool on_the_web(const Span& span) {
  return span.style == Span::Style::link && span.target.contains("://");
}

void append(std::string& out, const Paragraph& paragraph, std::size_t indent) {
  append_wrapped(out, plain(paragraph.prose), indent);
}

void append(std::string& out, const List& list, std::size_t indent) {
  for (const Prose& item : list.items) append_wrapped(out, "- " + plain(item), indent, 2);
}

void append(std::string& out, const Table& table, std::size_t indent) {
  const std::size_t count = table.heading.size();
  std::vector<std::vector<std::string>> rows(1);
  for (const Prose& cell : table.heading) rows[0].push_back(plain(cell));
  for (const auto& row : table.rows) {
    rows.emplace_back();
    for (const Prose& cell : row) rows.back().push_back(plain(cell));
  }
  std::vector<std::size_t> starts(count, indent);
  for (std::size_t i = 1; i < count; ++i) {
    std::size_t widest = 0;
    for (const auto& row : rows) widest = std::max(widest, columns(row[i - 1]));
    starts[i] = starts[i - 1] + widest + 2;
  }
  for (const auto& row : rows) {
    const std::size_t begin = out.size();
    for (std::size_t i = 0; i + 1 < count; ++i) {
      out.append(starts[i] - columns(std::string_view(out).substr(begin)), ' ') += row[i];
    }
    if (count > 0) append_wrapped(out, row.back(), starts.back());
  }
}

/// What was or can be typed stands further in than the words around it.
constexpr std::size_t inset = 2;

void append(std::string& out, const Console& console, std::size_t indent) {
  indent += inset;
  for (const Step& step : console.steps) {
    out.append(indent, ' ').append("$ ").append(step.command) += '\n';
    for (const std::string_view line : step.more) {
      out.append(indent, ' ').append("> ").append(line) += '\n';
    }
    for (const std::string_view line : step.output) {
      if (!line.empty()) out.append(indent, ' ').append(line);
      out += '\n';
    }
  }
}

void append(std::string& out, const Listing& listing, std::size_t indent) {
  indent += inset;
  for (const std::string_view line : listing.lines) {
    if (!line.empty()) out.append(indent, ' ').append(line);
    out += '\n';
  }
}

}  // namespace

std::string plain(const Prose& prose) {
  std::string text;
  for (const Span& span : prose) {
    const bool quoted = span.style == Span::Style::code && span.text.contains(' ');
    if (quoted) text += '\'';
    text += span.text;
    if (quoted) text += '\'';
    if (on_the_web(span) && span.target != span.text) text += " <" + span.target + ">";
  }
  return text;
}

void append_plain(std::string& out, const Block& block, std::size_t indent) {
  std::visit([&](const auto& one) { append(out, one, indent); }, block);
}

void append_plain(std::string& out, const std::vector<Block>& blocks, std::size_t indent) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (i > 0) out += '\n';
    append_plain(out, blocks[i], indent);
  }
}

std::string plain_sections(const Document& page, std::size_t first, std::size_t last) {
  std::string out;
  for (std::size_t i = first; i < last; ++i) {
    const Section& section = page.sections[i];
    if (section.title.empty() && section.blocks.empty()) continue;
    if (!out.empty()) out += '\n';
    if (section.level == 2) out += capitals(section.title) + "\n";
    if (section.level == 3) out.append("  ").append(section.title) += '\n';
    append_plain(out, section.blocks, section.level == 3 ? 4 : 2);
  }
  return out;
}

std::string capitals(std::string_view text) {
  std::string upper(text);
  for (char& letter : upper) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return upper;
}

}  // namespace gird::cli
