// Stores by their addresses.
#include "base/quoting.hpp"
#include "store/file_store.hpp"
#include "store/memory_store.hpp"
#include "store/redis_store.hpp"

namespace gird::store {

Result<std::unique_ptr<Store>> open(std::string_view address, World& world) {
  if (address.empty()) return std::make_unique<FileStore>(TRY(state_directory(world)));
  if (address == "memory") return std::make_unique<MemoryStore>(world);
  if (names_redis(address)) {
    RedisAddress server = TRY(parse_redis_address(address));
    auto local = open("", world);
    return std::make_unique<RedisStore>(std::move(server), std::move(local),
                                        state_directory(world).value_or(""), world);
  }
  const std::string what = "--store " + shell_quoted(address);
  if (address.starts_with("~/")) {
    return misuse("value-store", what, "no shell has replaced the ~ in it",
                  {"--store \"$HOME" + std::string(address.substr(1)) + "\""});
  }
  if (address.contains('/') && !address.contains("://")) {
    return std::make_unique<FileStore>(std::string(address));
  }
  std::vector<std::string> hints;
  if (!address.contains(':')) hints.push_back("--store ./" + shell_quoted(address));
  return misuse("value-store", what,
                "must be a directory with a slash in it, memory, or a redis URL", std::move(hints));
}

}  // namespace gird::store
