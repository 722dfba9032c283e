// -q and -v: how much a command says on standard error.
#pragma once

#include "cli/rows.hpp"

namespace gird {

struct Voice {
  bool quiet = false;
  bool verbose = false;
};

cli::Rows voice_rows(Voice& voice);

/// Fault::usage, options-contradict: both at once.
Result<void> check(const Voice& voice);

}  // namespace gird
