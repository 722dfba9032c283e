// Reading breakers.
#include "shared/breaker_look.hpp"

#include <algorithm>
#include <array>

namespace gird {
namespace {

using policy::Breaker;

/// Without a server, or the right to ask it, there is nothing to be seen of any breaker.
bool hides_all(const Error& error) {
  constexpr std::array<std::string_view, 2> codes{"store-unreachable", "store-refused"};
  return std::ranges::find(codes, error.code) != codes.end();
}

/// One line: what is wrong and what mends it.
std::string line_of(const std::string& name, const Error& error) {
  std::string line = name + ": left out: " + error.what + ": " + error.why;
  for (const std::string& hint : error.hints) line += " (" + hint + ")";
  return line;
}

/// What the store says of it is kept for the others to be told.
void note_damage(store::Store& store, const std::string& name, bool named, Blanks& blanks) {
  const std::vector<std::string> complaints = store.complaints();
  if (complaints.empty()) {
    blanks.missing.push_back(name);
    return;
  }
  blanks.damaged.push_back(name);
  const std::string start = name + (named ? ": " : ": left out: ");
  for (const std::string& complaint : complaints) {
    blanks.lines.push_back(start + complaint + " (gird breaker reset " + name + ")");
  }
}

}  // namespace

Result<std::vector<BreakerView>> breakers_in(store::Store& store,
                                             std::span<const std::string> names, Blanks& blanks) {
  const bool named = !names.empty();
  std::vector<std::string> all;
  if (!named) {
    all = TRY(store.keys(store::kind_of<Breaker>()));
    names = all;
  }
  std::vector<BreakerView> views;
  for (const std::string& name : names) {
    auto look = store.look<Breaker>(name);
    if (!look) {
      if (named || hides_all(look.error())) return std::unexpected(std::move(look.error()));
      blanks.lines.push_back(line_of(name, look.error()));
    } else if (*look) {
      views.push_back(view_of(name, **look));
    } else {
      note_damage(store, name, named, blanks);
    }
  }
  return views;
}

}  // namespace gird
