#include "detect/families.hpp"

#include <array>

#include "detect/csv.hpp"
#include "detect/path.hpp"

namespace gird::detect {

std::span<const Family> families() {
  static constexpr std::array all = {
      Family{"csv", csv_signs},
      Family{"path", path_signs},
  };
  return all;
}

}  // namespace gird::detect
