// Following breakers as they change.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/exit.hpp"
#include "shared/breaker_view.hpp"
#include "sys/world.hpp"

namespace gird {

struct WatchPlan {
  std::vector<std::string> names;     ///< none: all there are and will be
  std::optional<std::int64_t> count;  ///< ends after so many changes
  std::optional<Duration> timeout;    ///< ends with 124 after so long
  bool lines = false;                 ///< lines of JSON, also on a terminal
};

/// Draws a table again and again where standard output is a terminal, else writes a line of JSON
/// for each breaker at the start, and one whenever it changed. `yes` after `count` changes, `late`
/// after the timeout, death by the signal that came, or by SIGPIPE when nobody reads any more.
Result<Exit> watch_breakers(const WatchPlan& plan, store::Store& store, World& world);

/// Whether two looks at one breaker tell of a change, and not only of time that went by.
bool differ(const BreakerView& one, const BreakerView& other);

/// The entries of `now` that `before` did not have yet.
std::vector<store::Entry> new_entries(const BreakerView& before, const BreakerView& now);

/// `table` as one frame of a display that takes the place of the frame before, which had `drawn`
/// lines: at most `rows` - 1 lines, none longer than `columns`.
std::string frame_of(std::string_view table, std::size_t rows, std::size_t columns,
                     std::size_t drawn);

}  // namespace gird
