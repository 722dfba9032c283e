#include "detect/families.hpp"

#include <array>

#include "detect/arg.hpp"
#include "detect/bidi.hpp"
#include "detect/ci.hpp"
#include "detect/cmdexe.hpp"
#include "detect/crlf.hpp"
#include "detect/csv.hpp"
#include "detect/gate.hpp"
#include "detect/homoglyph.hpp"
#include "detect/html.hpp"
#include "detect/invisible.hpp"
#include "detect/java.hpp"
#include "detect/jndi.hpp"
#include "detect/js.hpp"
#include "detect/ldap.hpp"
#include "detect/logline.hpp"
#include "detect/mail.hpp"
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

namespace {

constexpr Marks any = Marks::all();

constexpr std::array all = {
    Family{"arg", arg_signs, {Marks("-:"), any}},
    Family{"ci", ci_signs, {Marks("#:$=<^\x1b"), any}},
    Family{"cmdexe", cmdexe_signs, {Marks("aA"), any}},
    Family{"crlf", crlf_signs, {Marks("\r\n/\\\xE5"), Marks("\r\n/\\\xE5")}},
    Family{"csv", csv_signs, {Marks("=+-@\xEF"), any}},
    Family{"html", html_signs, {Marks("<=(&>\\%\xBC"), any}},
    Family{"java", java_signs, {Marks(".0_A\xED"), Marks("aA\xED")}},
    Family{"jndi", jndi_signs, {Marks("$:"), Marks("aA")}, "${i:"},
    Family{"js", js_signs, {Marks("(`[.:="), Marks("aA[")}},
    Family{"ldap", ldap_signs, {Marks("("), any}},
    Family{"mail", mail_signs, {Marks("\n"), Marks("aA")}},
    Family{"nodejs", nodejs_signs, {Marks("_([\":.="), Marks("aA")}},
    Family{"nosql", nosql_signs, {Marks("$(."), Marks("aA")}},
    Family{"path", path_signs, {Marks("/\\%.0\xC0\xE0\xE2\xEF\xF0"), any}},
    Family{"php", php_signs, {Marks("<($[{:=_"), Marks("<($[{:=_")}},
    Family{"powershell", powershell_signs, {Marks("-(:`|;$'\"[@{"), Marks("aA")}},
    Family{"script", script_signs, {Marks("@("), Marks("([")}},
    Family{"shell", shell_signs, {Marks(";|&\n`$<>({\\'\"-/~.0:+?*[!"), any}},
    Family{"sql", sql_signs},
    Family{"ssi", ssi_signs, {Marks("<"), Marks("#:!")}, "<!<e"},
    Family{"ssrf", ssrf_signs, {Marks(":/"), Marks("/0[")}},
    Family{"template", template_signs, {Marks("{$#*~%@<[_"), Marks("{}()<>[]_@")}},
    Family{"xml", xml_signs, {Marks("<"), Marks("!:?")}},
    Family{"xpath", xpath_signs, {Marks("(|"), Marks("/)")}},
    Family{"bidi", bidi_signs, {Marks("\xD8\xE2"), any}, "", Escapes::of_source},
    Family{"homoglyph", homoglyph_signs, {Marks("\xD0\xE1\xE2"), any}, "", Escapes::of_source},
    Family{"invisible",
           invisible_signs,
           {Marks("\xC2\xCD\xE1\xE2\xEF\xF3"), any},
           "",
           Escapes::of_source},
    Family{"logline", logline_signs, {Marks("\n\r\v\\\x85\xC2\xE2"), any}},
    Family{"terminal", terminal_signs, {Marks("\r\x1B\x07\x9B\xC2"), any}, "", Escapes::of_source},
};

constexpr Gate table(all);

}  // namespace

std::span<const Family> families() { return all; }

const Gate& gate() { return table; }

}  // namespace gird::detect
