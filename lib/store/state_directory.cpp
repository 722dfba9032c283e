// Where state lives.
#include <unistd.h>

#include "base/quoting.hpp"
#include "store/store.hpp"
#include "sys/world.hpp"

namespace gird::store {
namespace {

/// Guards meet under one name: it must not mean another place in every working directory.
Result<std::string> absolute(const std::string& directory) {
  if (directory.starts_with('/')) return directory;
  return misuse("store-unusable", "GIRD_STATE_DIR=" + shell_quoted(directory),
                "must be an absolute path", {"export GIRD_STATE_DIR=/var/lib/gird"});
}

}  // namespace

Result<std::string> state_directory(const World& world) {
  if (auto named = world.variable("GIRD_STATE_DIR")) return absolute(*named);
  // systemd separates several directories of a unit by colons.
  if (auto given = world.variable("STATE_DIRECTORY")) {
    std::string first = given->substr(0, given->find(':'));
    if (!first.empty()) return first;
  }
  if (::geteuid() == 0) return "/var/lib/gird";
  // XDG Base Directory Specification: a relative path is to be ignored.
  if (auto state = world.variable("XDG_STATE_HOME"); state && state->starts_with('/')) {
    return *state + "/gird";
  }
  if (auto home = world.variable("HOME"); home && home->starts_with('/')) {
    return *home + "/.local/state/gird";
  }
  return std::unexpected(Error{Fault::system,
                               "store-unusable",
                               "state directory",
                               "HOME is not set, so there is no place for it",
                               {"export GIRD_STATE_DIR=/var/lib/gird"}});
}

}  // namespace gird::store
