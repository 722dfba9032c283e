#include "detect/families.hpp"

#include <array>

#include "detect/arg.hpp"
#include "detect/bidi.hpp"
#include "detect/ci.hpp"
#include "detect/cmdexe.hpp"
#include "detect/crlf.hpp"
#include "detect/csv.hpp"
#include "detect/homoglyph.hpp"
#include "detect/html.hpp"
#include "detect/invisible.hpp"
#include "detect/java.hpp"
#include "detect/jndi.hpp"
#include "detect/js.hpp"
#include "detect/ldap.hpp"
#include "detect/logline.hpp"
#include "detect/nodejs.hpp"
#include "detect/nosql.hpp"
#include "detect/path.hpp"
#include "detect/php.hpp"
#include "detect/powershell.hpp"
#include "detect/script.hpp"
#include "detect/shell.hpp"
#include "detect/sql.hpp"
#include "detect/ssi.hpp"
#include "detect/ssrf.hpp"
#include "detect/template.hpp"
#include "detect/terminal.hpp"
#include "detect/xml.hpp"
#include "detect/xpath.hpp"

namespace gird::detect {

std::span<const Family> families() {
  static constexpr std::array all = {
      Family{"arg", arg_signs},
      Family{"ci", ci_signs},
      Family{"cmdexe", cmdexe_signs},
      Family{"crlf", crlf_signs, {Marks("\r\n/\\\xE5"), Marks("\r\n/\\\xE5")}},
      Family{"csv", csv_signs, {Marks("=+-@"), Marks::all()}},
      Family{"html", html_signs, {Marks("<=(&>\\%\xBC"), Marks::all()}},
      Family{"java", java_signs, {Marks(".0_A\xED"), Marks("aA\xED")}},
      Family{"jndi", jndi_signs, {Marks("$:"), Marks("aA")}},
      Family{"js", js_signs, {Marks("(`[.:="), Marks("aA[")}},
      Family{"ldap", ldap_signs, {Marks("("), Marks(")*")}},
      Family{"nodejs", nodejs_signs, {Marks("_([\":.="), Marks("aA")}},
      Family{"nosql", nosql_signs, {Marks("$(."), Marks("aA")}},
      Family{"path", path_signs, {Marks("/\\%.0\xC0\xE0\xF0"), Marks("/\\%.0\xC0\xE0\xF0")}},
      Family{"php", php_signs, {Marks("<($[{:=_"), Marks("<($[{:=_")}},
      Family{"powershell", powershell_signs},
      Family{"script", script_signs, {Marks("@("), Marks("([")}},
      Family{"shell", shell_signs},
      Family{"sql", sql_signs},
      Family{"ssi", ssi_signs, {Marks("<"), Marks("#:!")}},
      Family{"ssrf", ssrf_signs, {Marks(":/"), Marks("/0[")}},
      Family{"template", template_signs, {Marks("{$#*~%@<[_"), Marks("{}()<>[]_@")}},
      Family{"xml", xml_signs, {Marks("<"), Marks("!:?")}},
      Family{"xpath", xpath_signs, {Marks("(|"), Marks("/)")}},
      Family{"bidi", bidi_signs, {Marks("\xD8\xE2"), Marks::all()}, Escapes::of_source},
      Family{
          "homoglyph", homoglyph_signs, {Marks("\xD0\xE1\xE2"), Marks::all()}, Escapes::of_source},
      Family{"invisible",
             invisible_signs,
             {Marks("\xC2\xCD\xE1\xE2\xEF\xF3"), Marks::all()},
             Escapes::of_source},
      Family{"logline", logline_signs, {Marks("\n\r\v\\\x85\xC2\xE2"), Marks::all()}},
      Family{"terminal",
             terminal_signs,
             {Marks("\r\x1B\x07\x9B\xC2"), Marks::all()},
             Escapes::of_source},
  };
  return all;
}

}  // namespace gird::detect
