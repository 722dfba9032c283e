#include "detect/template_words.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

struct Row {
  std::string_view name;
  TemplateWord word;
};

constexpr TemplateWord walk = TemplateWord::walk;
constexpr TemplateWord run = TemplateWord::run;
constexpr TemplateWord engine = TemplateWord::engine;
constexpr TemplateWord object = TemplateWord::object;

/// Sources: the Python data model; java.lang.reflect; the manuals of Jinja, Twig, FreeMarker, Mako
/// and Smarty; functions of PHP, Ruby, Elixir and Node.js that start programs or read files.
constexpr auto words = std::to_array<Row>({
    {"__base__", walk},
    {"__bases__", walk},
    {"__builtins__", walk},
    {"__class__", walk},
    {"__closure__", walk},
    {"__code__", walk},
    {"__dict__", walk},
    {"__func__", walk},
    {"__getattribute__", walk},
    {"__getitem__", walk},
    {"__globals__", walk},
    {"__import__", walk},
    {"__init__", walk},
    {"__loader__", walk},
    {"__module__", walk},
    {"__mro__", walk},
    {"__self__", walk},
    {"__spec__", walk},
    {"__subclasses__", walk},
    {"__twig__", engine},
    {"_context", engine},
    {"_memberaccess", engine},
    {"_mmarker", walk},
    {"_nsattr__parent", walk},
    {"_self", engine},
    {"_templatereference__context", engine},
    {"_with_template", walk},
    {"app", object},
    {"application", object},
    {"applicationscope", engine},
    {"attr", walk},
    {"check_output", run},
    {"child_process", run},
    {"class_eval", walk},
    {"classloader", walk},
    {"config", object},
    {"const_get", walk},
    {"constructor", walk},
    {"current_app", engine},
    {"cycler", engine},
    {"debug", object},
    {"defineclass", walk},
    {"dump", object},
    {"env", object},
    {"eval", run},
    {"exec", run},
    {"execfile", run},
    {"execfilesync", run},
    {"execsync", run},
    {"execute", run},
    {"execute_template", engine},
    {"f_back", walk},
    {"f_builtins", walk},
    {"f_globals", walk},
    {"file_excerpt", run},
    {"file_get_contents", run},
    {"file_put_contents", run},
    {"fopen", run},
    {"forname", walk},
    {"freemarker", engine},
    {"from_envvar", engine},
    {"from_object", engine},
    {"from_pyfile", engine},
    {"func_globals", walk},
    {"get_flashed_messages", engine},
    {"getclass", walk},
    {"getclassloader", walk},
    {"getconstructor", walk},
    {"getdeclaredconstructor", walk},
    {"getdeclaredfield", walk},
    {"getdeclaredmethod", walk},
    {"getenginebyname", walk},
    {"getenv", run},
    {"getfield", run},
    {"getfilter", engine},
    {"getmethod", walk},
    {"getmethods", walk},
    {"getoutput", run},
    {"getprotectiondomain", walk},
    {"getresource", walk},
    {"getresourceasstream", walk},
    {"getruntime", walk},
    {"gi_frame", walk},
    {"global", object},
    {"groovyclassloader", run},
    {"highlight_file", run},
    {"iconv_open", run},
    {"instance_eval", walk},
    {"instance_exec", run},
    {"iteritems", engine},
    {"joiner", engine},
    {"jythonruntime", engine},
    {"lipsum", engine},
    {"loadclass", walk},
    {"loadtemplate", engine},
    {"lookup_file", run},
    {"mainmodule", run},
    {"memberaccess", engine},
    {"mro", walk},
    {"namespace", object},
    {"newinstance", walk},
    {"objectwrapper", engine},
    {"ognlcontext", engine},
    {"pagecontext", engine},
    {"parseclass", run},
    {"passthru", run},
    {"phpinfo", run},
    {"popen", run},
    {"proc_open", run},
    {"processbuilder", run},
    {"protectiondomain", walk},
    {"readallbytes", run},
    {"readfile", run},
    {"registerundefinedfiltercallback", engine},
    {"request", object},
    {"requestscope", engine},
    {"runtime", run},
    {"scriptenginemanager", walk},
    {"secret_key", engine},
    {"self", object},
    {"servletcontext", engine},
    {"session", object},
    {"sessionscope", engine},
    {"setaccessible", run},
    {"setcache", engine},
    {"settings", object},
    {"shell", run},
    {"shell_exec", run},
    {"show_source", run},
    {"smarty", engine},
    {"smarty_internal_write_file", engine},
    {"spawn", run},
    {"spawnsync", run},
    {"springmacrorequestcontext", engine},
    {"subclasses", walk},
    {"system", run},
    {"templatesettings", engine},
    {"this", object},
    {"urlclassloader", walk},
    {"usc", engine},
    {"vars", object},
});
static_assert(std::ranges::is_sorted(words, {}, &Row::name));

}  // namespace

TemplateWord template_word(std::string_view name) {
  const auto row = std::ranges::lower_bound(words, name, {}, &Row::name);
  return row != words.end() && row->name == name ? row->word : TemplateWord::other;
}

bool is_php_callback(std::string_view name) {
  static constexpr auto functions = std::to_array<std::string_view>(
      {"assert", "call_user_func", "call_user_func_array", "eval", "exec", "file_get_contents",
       "file_put_contents", "ini_set", "passthru", "phpinfo", "popen", "proc_open", "readfile",
       "shell_exec", "system"});
  return listed(functions, name);
}

}  // namespace gird::detect
