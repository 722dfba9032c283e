#include "detect/families.hpp"

#include <array>

#include "detect/csv.hpp"
#include "detect/jndi.hpp"
#include "detect/path.hpp"
#include "detect/template.hpp"

namespace gird::detect {

std::span<const Family> families() {
  static constexpr std::array all = {
      Family{"csv", csv_signs, {Marks("=+-@"), Marks("aA")}},
      Family{"path", path_signs, {Marks("/\\%.:0\xC3\xE1\xF0"), Marks::all()}},
      Family{"jndi", jndi_signs, {Marks("$:"), Marks::all()}},
      Family{"template", template_signs, {Marks("{$#*~%@<[_"), Marks::all()}},
  };
  return all;
}

}  // namespace gird::detect
