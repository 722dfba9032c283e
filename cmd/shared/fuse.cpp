// The row of --no-fuse.
#include "shared/fuse.hpp"

namespace gird {

cli::Rows fuse_rows(bool& apart) {
  return {
      cli::Row("Processes"),
      cli::Row("--no-fuse", apart, "", "run a COMMAND that is gird itself as a process of its own"),
  };
}

}  // namespace gird
