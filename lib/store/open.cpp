// Stores by their addresses.
#include "base/quoting.hpp"
#include "store/memory_store.hpp"

namespace gird::store {

Result<std::unique_ptr<Store>> open(std::string_view address, World& world) {
  if (address == "memory") return std::make_unique<MemoryStore>(world);
  // Redis, by its three schemes, is asked for here.
  return misuse("value-store", "--store " + shell_quoted(address),
                "must be a directory with a slash in it, memory, or a redis URL",
                {"--store ./" + shell_quoted(address)});
}

}  // namespace gird::store
