#include "detect/families.hpp"

#include <array>

#include "detect/arg.hpp"
#include "detect/ci.hpp"
#include "detect/cmdexe.hpp"
#include "detect/crlf.hpp"
#include "detect/csv.hpp"
#include "detect/html.hpp"
#include "detect/java.hpp"
#include "detect/jndi.hpp"
#include "detect/js.hpp"
#include "detect/nodejs.hpp"
#include "detect/path.hpp"
#include "detect/php.hpp"
#include "detect/powershell.hpp"
#include "detect/script.hpp"
#include "detect/shell.hpp"
#include "detect/ssi.hpp"
#include "detect/ssrf.hpp"
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
      Family{"xml", xml_signs, {Marks("<"), Marks("!:")}},
      Family{"path", path_signs, {Marks("/\\%.0\xC0\xE0\xF0"), Marks("/\\%.0\xC0\xE0\xF0")}},
      Family{"jndi", jndi_signs, {Marks("$:"), Marks("aA")}},
      Family{"template", template_signs, {Marks("{$#*~%@<[_"), Marks("{}()<>[]_@")}},
      Family{"crlf", crlf_signs, {Marks("\r\n/\\\xE5"), Marks("\r\n/\\\xE5")}},
      Family{"ssrf", ssrf_signs, {Marks(":/"), Marks("/0[")}},
      Family{"script", script_signs, {Marks("@("), Marks("([")}},
      Family{"nodejs", nodejs_signs, {Marks("_([\":.="), Marks("aA")}},
      Family{"java", java_signs, {Marks(".0_A\xED"), Marks("aA\xED")}},
      Family{"php", php_signs, {Marks("<($[{:=_"), Marks("<($[{:=_")}},
  };
  return all;
}

}  // namespace gird::detect
