// How the stages are tried: on a text given at once, byte by byte, and cut in two at each place.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "json/stage.hpp"

namespace gird::json::tests {

/// Keeps what it is given.
struct Kept final : Sink {
  std::string all;
  std::vector<Repair> repairs;
  std::vector<std::pair<std::size_t, std::size_t>> ends;  ///< depth, and the size of `all` then

  void text(std::string_view bytes) override { all += bytes; }
  void repaired(const Repair& repair) override { repairs.push_back(repair); }
  void completed(std::size_t depth) override { ends.emplace_back(depth, all.size()); }
};

using MakeStage = std::function<std::unique_ptr<Stage>(Sink& next)>;

/// What the stage makes of `text`, pushed in pieces of `size` bytes, the first of `first`.
std::string staged(const MakeStage& make, std::string_view text, std::size_t first,
                   std::size_t size);
/// What it makes of `text` at once. Checks that no cut changes that.
std::string staged(const MakeStage& make, std::string_view text);

template <class S, class... Arguments>
MakeStage making(Arguments... arguments) {
  return [=](Sink& next) { return std::make_unique<S>(next, arguments...); };
}

/// A generator of valid JSON: every kind of value, empty containers, escapes, odd blanks, equal
/// keys where `unique_keys` is not set. The same `seed` gives the same text.
struct Shape {
  bool unique_keys = false;
  std::size_t most_depth = 5;
  std::size_t most_members = 5;
};
std::string generated(unsigned seed, const Shape& shape = {});

}  // namespace gird::json::tests
