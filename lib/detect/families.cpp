#include "detect/families.hpp"

#include <array>

#include "detect/arg.hpp"
#include "detect/ci.hpp"
#include "detect/cmdexe.hpp"
#include "detect/csv.hpp"
#include "detect/jndi.hpp"
#include "detect/path.hpp"
#include "detect/powershell.hpp"
#include "detect/shell.hpp"
#include "detect/template.hpp"

namespace gird::detect {

std::span<const Family> families() {
  static constexpr std::array all = {
      Family{"arg", arg_signs},
      Family{"ci", ci_signs},
      Family{"cmdexe", cmdexe_signs},
      Family{"csv", csv_signs},
      Family{"jndi", jndi_signs},
      Family{"path", path_signs},
      Family{"powershell", powershell_signs},
      Family{"shell", shell_signs},
      Family{"template", template_signs},
  };
  return all;
}

}  // namespace gird::detect
