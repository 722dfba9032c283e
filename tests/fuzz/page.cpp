// Pages: any bytes are a page, its parts lie inside of it, and every table is a rectangle.
#include "cli/page.hpp"

#include "target.hpp"

using namespace gird;

namespace {

/// Whether `part` points into `whole`.
bool inside(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void check(const cli::Block& block, std::string_view text) {
  if (const auto* table = std::get_if<cli::Table>(&block)) {
    for (const auto& row : table->rows) {
      fuzz::hold(row.size() == table->heading.size(), "a row has the cells of its heading");
    }
  } else if (const auto* console = std::get_if<cli::Console>(&block)) {
    for (const cli::Step& step : console->steps) {
      fuzz::hold(inside(step.command, text), "a command lies in its page");
      for (const auto line : step.output) fuzz::hold(inside(line, text), "output lies in its page");
    }
  } else if (const auto* listing = std::get_if<cli::Listing>(&block)) {
    for (const auto line : listing->lines)
      fuzz::hold(inside(line, text), "a line lies in its page");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const cli::Document page = cli::parse_page(text);
  fuzz::hold(inside(page.title.name, text), "a title lies in its page");
  for (const cli::Section& section : page.sections) {
    fuzz::hold(inside(section.title, text), "a heading lies in its page");
    fuzz::hold(section.level >= 1 && section.level <= 3, "a heading has a level");
    const auto [first, last] = page.reach(section.title);
    fuzz::hold(first <= last && last <= page.sections.size(), "a section has a reach");
    for (const cli::Block& block : section.blocks) check(block, text);
  }
  const cli::Prose prose = cli::parse_prose(text);
  std::size_t shown = 0;
  for (const cli::Span& span : prose) shown += span.text.size();
  fuzz::hold(shown <= size, "prose has no more text than was written");
  if (const auto reference = cli::parse_reference(text)) {
    fuzz::hold(reference->number >= '1' && reference->number <= '9', "a reference has a section");
  }
  return 0;
}
