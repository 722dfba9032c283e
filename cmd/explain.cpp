// gird explain: what an error code means and how to mend it.
#include <algorithm>

#include "base/nearest.hpp"
#include "base/quoting.hpp"
#include "catalogue.hpp"
#include "cli/command.hpp"
#include "cli/page.hpp"
#include "cli/plain.hpp"
#include "cli/wrap.hpp"
#include "sys/world.hpp"

namespace gird {
namespace {

constexpr std::string_view page_of_errors = "gird-errors.7";

/// A part of that page is named by its code; its sections are not codes.
bool names_code(const cli::Section& section) { return section.level == 3; }

struct ErrorCode {
  std::string code;
};

Result<void> from_text(std::string_view text, ErrorCode& field) {
  field.code = text;
  return {};
}

std::string to_text(const ErrorCode& field) { return field.code; }

std::vector<std::pair<std::string_view, std::string_view>> words_of(const ErrorCode*) {
  std::vector<std::pair<std::string_view, std::string_view>> words;
  for (const cli::Section& section : cli::parse_page(catalogue().page(page_of_errors)).sections) {
    if (names_code(section)) words.emplace_back(section.title, "");
  }
  return words;
}

struct Options {
  std::optional<ErrorCode> code;
};

cli::Rows rows(Options& o) {
  return {{"CODE", o.code, "[CODE]", "error code to explain; without one, all are listed"}};
}

/// The first sentence of a section.
std::string first_sentence(const cli::Section& section) {
  const auto* paragraph =
      section.blocks.empty() ? nullptr : std::get_if<cli::Paragraph>(&section.blocks.front());
  if (paragraph == nullptr) return {};
  const std::string text = cli::plain(paragraph->prose);
  return text.substr(0, text.find(". "));
}

std::string list_of_codes(const cli::Document& page) {
  std::string out;
  for (const cli::Section& section : page.sections) {
    if (section.level == 2) out.append(out.empty() ? "" : "\n").append(section.title).append(":\n");
    if (!names_code(section)) continue;
    out.append("  ").append(section.title);
    std::string sentence = first_sentence(section);
    if (sentence.ends_with('.')) sentence.pop_back();
    cli::append_wrapped(out, sentence, 26);
  }
  return out;
}

Result<std::string> explained(const std::string& code, const cli::Document& page) {
  std::vector<std::string_view> known;
  for (const cli::Section& section : page.sections) {
    if (!names_code(section)) continue;
    known.push_back(section.title);
    if (section.title != code) continue;
    std::string out = code + "\n";
    cli::append_plain(out, section.blocks, 2);
    return out;
  }
  std::vector<std::string> hints = did_you_mean(nearest(code, known));
  if (hints.empty()) hints.emplace_back("gird explain");
  return misuse("code-unknown", shell_quoted(code), "no such error code", std::move(hints));
}

Result<Exit> act(const Options& o, World& world, const cli::Catalogue& all) {
  const cli::Document page = cli::parse_page(all.page(page_of_errors));
  world.out(o.code ? TRY(explained(o.code->code, page)) : list_of_codes(page));
  return yes;
}

}  // namespace

extern constinit const cli::Command explain = cli::command<Options, rows, act>(
    "explain", cli::Kind::tool, "tell what an error code means and how to mend it");

}  // namespace gird
