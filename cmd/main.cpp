// The program: the real world, one dispatch, and the way out.
#include <exception>
#include <string>

#include "dispatch.hpp"
#include "sys/program.hpp"
#include "sys/real_world.hpp"

int main(int argc, char** argv) {
  using namespace gird;
  sys::guard_standard_descriptors();
  try {
    sys::RealWorld world;
    const std::span<const char* const> args(argv, static_cast<std::size_t>(argc));
    sys::leave(dispatch(args, world));
  } catch (const std::exception& bug) {
    // Everything expected is a Result; what arrives here is a mistake of ours or no memory.
    sys::leave_for_bug(bug.what());
  }
}
