// Repairs a stream while it comes, with the certain repairs alone. What is complete leaves at once.
#include <unistd.h>

#include <iostream>

#include "gird/json/repairer.hpp"

class Output final : public gird::json::Sink {
 public:
  void text(std::string_view bytes) override { std::cout << bytes; }
  void repaired(const gird::json::Repair& repair) override {
    std::cerr << "byte " << repair.offset << ": " << facts_of(repair.kind).name << '\n';
  }
  void completed(std::size_t) override { std::cout.flush(); }
};

int main() {
  Output output;
  gird::json::Repairer repairer({.least = gird::json::Confidence::certain}, output);
  char buffer[4096];
  std::expected<void, gird::json::Refusal> taken;
  for (ssize_t size = 0; taken && (size = ::read(STDIN_FILENO, buffer, sizeof buffer)) > 0;)
    taken = repairer.push({buffer, static_cast<std::size_t>(size)});
  if (taken) taken = repairer.finish();
  if (!taken) std::cerr << "byte " << taken.error().offset << ": " << taken.error().what << '\n';
  return taken ? 0 : 1;
}
