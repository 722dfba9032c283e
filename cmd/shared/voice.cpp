// The rows of -q and -v.
#include "shared/voice.hpp"

namespace gird {

cli::Rows voice_rows(Voice& voice) {
  return {
      cli::Row("-q,--quiet", voice.quiet, "", "say nothing but errors of gird itself")
          .yields_to("verbose")
          .common(),
      cli::Row("-v,--verbose", voice.verbose, "", "say what happens, also without a terminal")
          .yields_to("quiet")
          .common(),
  };
}

Result<void> check(const Voice& voice) {
  if (!voice.quiet || !voice.verbose) return {};
  return misuse("options-contradict", "--quiet and --verbose", "choose one");
}

}  // namespace gird
