#include "detect/script.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

constexpr std::size_t none = std::string_view::npos;

/// Whether a name of this text runs a program or reads a file in Perl.
bool runs(std::string_view body) {
  static constexpr auto functions =
      std::to_array<std::string_view>({"do", "eval", "exec", "fork", "getpwuid", "kill", "open",
                                       "qx", "readpipe", "require", "syscall", "system", "unlink"});
  for (std::size_t at = 0; at < body.size(); ++at) {
    if (!name_byte(body[at])) continue;
    const std::size_t end = name_end(body, at);
    if (listed(functions, SmallWord(part(body, at, end - at)).view())) return true;
    at = end;
  }
  return body.contains('`');
}

/// `@{[ code ]}`, which Perl evaluates within a string.
std::size_t perl_at(std::string_view text, std::size_t at, Signs& signs) {
  constexpr std::size_t longest = 512;
  const std::size_t brace = skip_blanks(text, at + 1);
  if (byte_at(text, brace) != '{') return at + 1;
  const std::size_t bracket = skip_blanks(text, brace + 1);
  if (byte_at(text, bracket) != '[') return brace;
  const std::string_view body = part(text, bracket + 1, longest);
  const std::size_t end = body.rfind(']');
  if (end == none || end == 0 || !part(body, end).contains('}')) return bracket;
  const Span where{at, bracket + 1 + end};
  signs.add(runs(part(body, 0, end)) ? "script/perl-run" : "script/perl-list", where);
  return bracket + 1 + end;
}

/// Modules of Ruby with their methods that start programs or end this one.
bool is_ruby_call(std::string_view module, std::string_view method) {
  static constexpr auto modules =
      std::to_array<std::string_view>({"io", "kernel", "open3", "process", "pty"});
  static constexpr auto methods = std::to_array<std::string_view>(
      {"abort", "capture2", "capture3", "daemon", "eval", "exec", "exit", "fork", "open", "popen",
       "popen3", "spawn", "system"});
  return listed(modules, module) && listed(methods, method);
}

std::string_view name_before(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 16;
  std::size_t begin = at;
  while (begin > 0 && at - begin < longest && name_byte(text[begin - 1])) --begin;
  return part(text, begin, at - begin);
}

void ruby_signs(std::string_view text, Signs& signs) {
  for (std::size_t at = text.find('('); at != none; at = text.find('(', at + 1)) {
    const std::string_view method = name_before(text, at);
    const std::size_t dot = at - method.size();
    if (method.empty()) continue;
    if (dot > 0 && text[dot - 1] == '.') {
      const std::string_view module = name_before(text, dot - 1);
      const bool constant = !module.empty() && module[0] >= 'A' && module[0] <= 'Z';
      if (constant && is_ruby_call(SmallWord(module).view(), method)) {
        signs.add("script/ruby-run", {dot - 1 - module.size(), at + 1});
      }
    } else if (dot == 0 && method == "System") {
      signs.add("script/ruby-run", {0, at + 1});
    }
  }
}

}  // namespace

void script_signs(std::string_view text, Signs& signs) {
  for (std::size_t at = text.find('@'); at != none;) {
    at = text.find('@', perl_at(text, at, signs));
  }
  ruby_signs(text, signs);
}

}  // namespace gird::detect
