#include "detect/families.hpp"

#include <array>

#include "detect/arg.hpp"
#include "detect/ci.hpp"
#include "detect/cmdexe.hpp"
#include "detect/csv.hpp"
#include "detect/html.hpp"
#include "detect/jndi.hpp"
#include "detect/js.hpp"
#include "detect/path.hpp"
#include "detect/powershell.hpp"
#include "detect/shell.hpp"
#include "detect/ssi.hpp"
#include "detect/template.hpp"
#include "detect/xml.hpp"

namespace gird::detect {

std::span<const Family> families() {
  static constexpr std::array all = {
      Family{"arg", arg_signs},
      Family{"ci", ci_signs},
      Family{"cmdexe", cmdexe_signs},
      Family{"csv", csv_signs},
      Family{"html", html_signs, {Marks("<=(&>\\%\xBC"), Marks::all()}},
      Family{"jndi", jndi_signs},
      Family{"js", js_signs, {Marks("(`[.:="), Marks("aA[")}},
      Family{"path", path_signs},
      Family{"powershell", powershell_signs},
      Family{"shell", shell_signs},
      Family{"ssi", ssi_signs, {Marks("<"), Marks("#:!")}},
      Family{"template", template_signs},
      Family{"xml", xml_signs, {Marks("<"), Marks("!:")}},
  };
  return all;
}

}  // namespace gird::detect
