// Drawing progress.
#include "shared/repair_progress.hpp"

#include "base/quoting.hpp"

namespace gird {
namespace {

constexpr Duration first_wait = std::chrono::seconds(1);
constexpr Duration each_wait = std::chrono::milliseconds(100);

}  // namespace

Progress::Progress(World& world, bool wanted)
    : world_(world), wanted_(wanted && world.err_is_terminal() && !world.variable("CI")) {}

void Progress::show(std::string_view file, std::uint64_t passed, std::uint64_t size) {
  if (!wanted_) return;
  const Instant now = world_.now();
  if (!next_) next_ = now + first_wait;
  if (now < *next_) return;
  next_ = now + each_wait;
  std::string text = "\r" + world_.tool() + ": " + shell_quoted(file) + ": ";
  text += std::to_string(passed >> 20) + " MiB";
  if (size > 0) text += " of " + std::to_string(size >> 20);
  world_.err(text + "\x1b[K");
  drawn_ = true;
}

void Progress::erase() {
  if (drawn_) world_.err("\r\x1b[K");
  drawn_ = false;
}

}  // namespace gird
