// Reading breakers.
#include "shared/breaker_look.hpp"

namespace gird {

Result<std::vector<BreakerView>> breakers_in(store::Store& store,
                                             std::span<const std::string> names,
                                             std::vector<std::string>* missing) {
  std::vector<std::string> all;
  if (names.empty()) {
    all = TRY(store.keys(store::kind_of<policy::Breaker>()));
    names = all;
  }
  std::vector<BreakerView> views;
  for (const std::string& name : names) {
    const auto look = TRY(store.look<policy::Breaker>(name));
    if (look) {
      views.push_back(view_of(name, *look));
    } else if (missing != nullptr) {
      missing->push_back(name);
    }
  }
  return views;
}

}  // namespace gird
