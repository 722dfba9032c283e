// Choosing packs.
#include "shared/packs_of.hpp"

#include <algorithm>

namespace gird {

std::vector<const policy::TransientPack*> packs_of(const policy::TransientChoice& choice,
                                                   std::span<const std::string> argv) {
  std::vector<const policy::TransientPack*> packs = choice.packs;
  if (!choice.automatic) return packs;
  const policy::TransientPack* own = policy::pack_for_program(argv.front());
  if (own != nullptr && std::ranges::find(packs, own) == packs.end()) packs.push_back(own);
  return packs;
}

Result<Exit> print_packs(std::span<const std::string> argv, World& world) {
  if (!argv.empty()) {
    return misuse("value-pack", "--transient list", "prints the packs and runs nothing",
                  {"leave the command out"});
  }
  world.out(policy::packs_as_text());
  return yes;
}

}  // namespace gird
