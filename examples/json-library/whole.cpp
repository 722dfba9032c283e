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
  for (const auto& repair : repaired->repairs) {
    const auto spot = gird::json::spot_of(text, repair.offset);
    std::cerr << spot.line << ':' << spot.column << ": " << facts_of(repair.kind).what << '\n';
  }
}
