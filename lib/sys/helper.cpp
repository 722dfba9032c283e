// Starting helpers.
#include "sys/helper.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/quoting.hpp"
#include "sys/links.hpp"
#include "sys/spawn.hpp"

namespace gird::sys {

Result<Helper> start_helper(const std::string& program) {
  int ends[2];
  const std::string what = "start " + shell_quoted(program);
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return system_error("helper-failed", what, errno);
  }
  Fd ours(ends[0]);
  const Fd theirs(ends[1]);
  const Fd nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!nothing) return system_error("helper-failed", what, errno);
  const std::array<std::string, 1> argv{program};
  Job job;
  job.argv = argv;
  job.in = theirs.get();
  job.out = job.err = nothing.get();
  Inherited inherited;
  ::sigprocmask(SIG_BLOCK, nullptr, &inherited.mask);
  const Child child = TRY(spawn(job, inherited, true));
  if (child.exec_error != 0) return system_error("helper-failed", what, child.exec_error);
  return Helper{child.pid, std::move(ours)};
}

Result<std::string> net_program(const std::string& named) {
  if (!named.empty()) return named;
  const std::string self = TRY(own_program());
  const std::string folder = self.substr(0, self.rfind('/'));
  std::string installed = folder + "/../libexec/gird/gird-net";
  if (::access(installed.c_str(), X_OK) == 0) return installed;
  std::string beside = folder + "/gird-net";
  if (::access(beside.c_str(), X_OK) == 0) return beside;
  return std::unexpected(Error{Fault::system,
                               "helper-failed",
                               "find gird-net",
                               "it is neither in ../libexec/gird nor beside " + shell_quoted(self),
                               {"GIRD_NET=/path/to/gird-net"}});
}

}  // namespace gird::sys
