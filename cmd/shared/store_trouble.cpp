// On with the command, or not.
#include "shared/store_trouble.hpp"

#include "shared/telling.hpp"

namespace gird {

Result<OpenedStore> usable(const Result<std::unique_ptr<store::Store>>& opened) {
  if (opened) return OpenedStore(opened->get());
  if (opened.error().fault == Fault::usage) return std::unexpected(opened.error());
  return OpenedStore(std::unexpected(opened.error()));
}

std::optional<Stop> without_store(const Error& error, std::string_view guard, OnStoreError what,
                                  Exit refusal, const Story& story, World& world) {
  tell_error(story, error, world);
  const std::string text = error.what + ": " + error.why;
  if (what == OnStoreError::refuse) {
    return Stop{.exit = refusal, .result = "refused", .reason = text, .hints = error.hints};
  }
  world.say(text + "; the command runs without its " + std::string(guard));
  say_hints(error.hints, world);
  return std::nullopt;
}

void tell_uncounted(const Error& error, const Story& story, World& world) {
  tell_error(story, error, world);
  world.say(error.what + ": " + error.why + "; how the call ended is not counted");
}

}  // namespace gird
