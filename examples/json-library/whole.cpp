// Repairs a text that is in memory, and tells what was changed.
#include <iostream>
#include <iterator>
#include <string>

#include "gird/json/locator.hpp"
#include "gird/json/repairer.hpp"

int main() {
  const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  const auto repaired = gird::json::repair_json(text);
  if (!repaired) {
    std::cerr << repaired.error().what << '\n';
    return 1;
  }
  std::cout << repaired->text;
  gird::json::Locator here;
  for (const auto& repair : repaired->repairs) {
    here.pass(std::string_view(text).substr(here.passed(), repair.offset - here.passed()));
    const auto [line, column, offset] = here.spot();
    std::cerr << line << ':' << column << ": " << facts_of(repair.kind).what << '\n';
  }
}
