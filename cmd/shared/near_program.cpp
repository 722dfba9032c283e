// Hints after 126 and 127.
#include "shared/near_program.hpp"

#include <algorithm>
#include <cerrno>

#include "base/nearest.hpp"
#include "base/quoting.hpp"
#include "sys/path.hpp"

namespace gird {

std::vector<std::string> hints_for_program(const std::string& program, int fault,
                                           const World& world) {
  if (fault == EACCES && sys::is_file(program)) return {"chmod +x " + shell_quoted(program)};
  if (fault != ENOENT) return {};
  if (program.contains(' ')) {
    return {"the command line is one word; write it without quotes, or: sh -c " +
            shell_quoted(program)};
  }
  if (sys::is_file(program)) return {"the interpreter named in its first line does not exist"};
  if (program.contains('/')) return {};
  const std::vector<std::string> programs =
      sys::programs_on_path(world.variable("PATH").value_or("/usr/bin:/bin"));
  const std::vector<std::string_view> names(programs.begin(), programs.end());
  // Thousands of names are known: a chance resemblance is no help, so only the nearest are told.
  const std::size_t limit = program.size() < 3 ? 0 : program.size() < 7 ? 1 : 2;
  std::vector<std::string> near = nearest(program, names);
  std::erase_if(near,
                [&](const std::string& name) { return edit_distance(program, name) > limit; });
  return did_you_mean(near);
}

void say_unfound(const std::string& program, int fault, World& world) {
  std::string text =
      world.tool() + ": cannot run " + shell_quoted(program) + ": " + errno_text(fault) + "\n";
  for (const std::string& hint : hints_for_program(program, fault, world)) {
    text += "  hint: " + hint + "\n";
  }
  world.err(text);
}

}  // namespace gird
