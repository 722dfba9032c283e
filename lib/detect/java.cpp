#include "detect/java.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

constexpr std::size_t none = std::string_view::npos;

/// A magic, searched by a part of it that seldom occurs in texts.
struct Magic {
  std::string_view rare;
  std::string_view before;
};

/// Source: Java Object Serialization Specification, STREAM_MAGIC and STREAM_VERSION.
void stream_signs(std::string_view text, Signs& signs) {
  static constexpr auto magics =
      std::to_array<Magic>({{std::string_view("\xED\x00\x05", 3), "\xAC"},
                            {"O0AB", "r"},
                            {"CED0005", "A"},
                            {"ced0005", "a"},
                            {"KztAAU", ""}});
  for (const Magic& magic : magics) {
    const std::size_t rare = text.find(magic.rare);
    if (rare == none || rare < magic.before.size()) continue;
    const std::size_t at = rare - magic.before.size();
    if (part(text, at, magic.before.size()) != magic.before) continue;
    if (at == 0 || !name_byte(text[at - 1])) signs.add("java/serialised", {at, rare + 4});
  }
}

bool class_byte(char c) { return name_byte(c) || c == '.' || c == '$'; }

/// A dotted name, in lower case.
struct ClassName {
  std::string_view name;
  Span where;
};

bool among(std::string_view name, std::span<const std::string_view> starts) {
  return std::ranges::any_of(starts, [&](std::string_view s) { return name.starts_with(s); });
}

/// Packages and classes that start programs, open files, load classes or are part of a server.
bool is_reaching(std::string_view name) {
  static constexpr auto starts = std::to_array<std::string_view>({"java.io.buffered",
                                                                  "java.io.bytearray",
                                                                  "java.io.chararray",
                                                                  "java.io.data",
                                                                  "java.io.file",
                                                                  "java.io.filter",
                                                                  "java.io.input",
                                                                  "java.io.object",
                                                                  "java.io.output",
                                                                  "java.io.print",
                                                                  "java.io.random",
                                                                  "java.lang.class",
                                                                  "java.lang.invoke",
                                                                  "java.lang.process",
                                                                  "java.lang.reflect",
                                                                  "java.lang.runtime",
                                                                  "java.lang.shutdown",
                                                                  "java.lang.string",
                                                                  "java.lang.system",
                                                                  "java.lang.thread",
                                                                  "java.net.socket",
                                                                  "java.net.url",
                                                                  "java.nio.file",
                                                                  "java.rmi.",
                                                                  "javax.naming.",
                                                                  "javax.script.",
                                                                  "javax.management.",
                                                                  "javax.el.",
                                                                  "com.opensymphony.xwork",
                                                                  "com.sun.jndi.",
                                                                  "com.sun.org.apache",
                                                                  "com.sun.rowset.",
                                                                  "freemarker.core",
                                                                  "freemarker.template",
                                                                  "freemarker.ext",
                                                                  "groovy.lang.",
                                                                  "ognl.ognl",
                                                                  "org.apache.struts",
                                                                  "org.apache.tomcat",
                                                                  "org.apache.commons.io.ioutils",
                                                                  "org.omg.corba",
                                                                  "org.springframework.context",
                                                                  "sun.misc.unsafe",
                                                                  "jdk.nashorn.",
                                                                  "bsh.interpreter"});
  static constexpr auto tops = std::to_array<std::string_view>(
      {"bsh", "com", "freemarker", "groovy", "java", "javax", "jdk", "ognl", "org", "sun"});
  if (!listed(tops, part(name, 0, name.find('.')))) return false;
  return among(name, starts) && !name.ends_with("exception") && !name.ends_with("error");
}

/// Classes of known chains, by their last name. Source: ysoserial; marshalsec.
bool is_gadget(std::string_view name) {
  static constexpr auto classes = std::to_array<std::string_view>({"annotationinvocationhandler",
                                                                   "badattributevalueexpexception",
                                                                   "chainedtransformer",
                                                                   "clonetransformer",
                                                                   "constanttransformer",
                                                                   "forclosure",
                                                                   "instantiatefactory",
                                                                   "instantiatetransformer",
                                                                   "invokertransformer",
                                                                   "jdbcrowsetimpl",
                                                                   "jndidatasource",
                                                                   "methodclosure",
                                                                   "pojonode",
                                                                   "prototypeclonefactory",
                                                                   "prototypeserializationfactory",
                                                                   "scriptenginemanager",
                                                                   "templatesimpl",
                                                                   "transformingcomparator",
                                                                   "whileclosure",
                                                                   "xmldecoder"});
  return listed(classes, part(name, name.rfind('.') + 1)) ||
         name.starts_with("org.apache.commons.collections.functors");
}

/// Alone, in quotes, or between tags: written for a program, not for a reader.
bool is_enclosed(std::string_view text, const Span& where) {
  const char before = where.begin == 0 ? '"' : text[where.begin - 1];
  const char after = where.end >= text.size() ? '"' : text[where.end];
  static constexpr std::string_view opens = "\"'>=@";
  static constexpr std::string_view closes = "\"'<@&";
  return opens.contains(before) && closes.contains(after);
}

void class_signs(std::string_view text, const ClassName& found, Signs& signs) {
  if (is_gadget(found.name)) {
    signs.add("java/gadget", found.where);
  } else if (is_reaching(found.name)) {
    signs.add(is_enclosed(text, found.where) ? "java/class" : "java/class-within", found.where);
  } else if (found.name == "processbuilder" || found.name.starts_with("processbuilder.")) {
    signs.add("java/class-within", found.where);
  }
}

/// What Struts and Spring resolve against the objects of the program.
void ognl_signs(std::string_view text, const ClassName& found, Signs& signs) {
  const char before = found.where.begin == 0 ? ' ' : text[found.where.begin - 1];
  const bool variable =
      before == '#' && (found.name.starts_with("_memberaccess") ||
                        found.name.starts_with("context") || found.name.starts_with("attr.struts"));
  const bool constant =
      before == '@' && (found.name.starts_with("java.") || found.name.starts_with("ognl."));
  const bool loader = found.name.starts_with("class.") && found.name.contains("classloader");
  if (constant || loader || variable || found.name.contains("defaultactionmappe")) {
    signs.add("java/ognl", found.where);
  }
}

void runtime_signs(std::string_view text, const ClassName& found, Signs& signs) {
  const bool called = byte_at(text, found.where.end) == '(';
  const bool made = found.where.begin >= 4 && holds(text, found.where.begin - 4, "new ");
  const bool runtime = found.name.ends_with("getruntime") && found.name.contains("runtime.");
  const bool builder = made && found.name.ends_with("processbuilder");
  if (called && (runtime || builder)) signs.add("java/runtime", found.where);
}

/// Words that hold a dot or come with one: class names, in lower case.
void name_at(std::string_view text, const Span& where, Signs& signs) {
  constexpr std::size_t shortest = 8;
  constexpr std::size_t longest = 120;
  if (where.end - where.begin < shortest || where.end - where.begin > longest) return;
  std::array<char, longest> bytes{};
  const std::string_view word = part(text, where.begin, where.end - where.begin);
  std::ranges::transform(word, bytes.begin(), lower);
  const ClassName found{.name = {bytes.data(), word.size()}, .where = where};
  class_signs(text, found, signs);
  ognl_signs(text, found, signs);
  runtime_signs(text, found, signs);
}

/// The word around `at`, as far as names go.
Span word_around(std::string_view text, std::size_t at) {
  constexpr std::size_t reach = 120;
  Span word{at, at};
  while (word.begin > 0 && at - word.begin < reach && class_byte(text[word.begin - 1]))
    --word.begin;
  while (word.end < text.size() && word.end - at < reach && class_byte(text[word.end])) ++word.end;
  return word;
}

/// Each word with a dot between letters.
void dotted_signs(std::string_view text, Signs& signs) {
  for (std::size_t dot = text.find('.'); dot != none;) {
    const bool inner = dot > 0 && name_byte(text[dot - 1]) && letter(byte_at(text, dot + 1));
    const Span word = inner ? word_around(text, dot) : Span{dot, dot + 1};
    if (inner) name_at(text, word, signs);
    dot = text.find('.', word.end);
  }
}

/// Names that say enough without their package.
void lone_signs(std::string_view text, Signs& signs) {
  for (const std::string_view name :
       {"ProcessBuilder", "_memberAccess", "Transformer", "TemplatesImpl"}) {
    const std::size_t at = text.find(name);
    if (at != none) name_at(text, word_around(text, at), signs);
  }
}

}  // namespace

void java_signs(std::string_view text, Signs& signs) {
  stream_signs(text, signs);
  dotted_signs(text, signs);
  lone_signs(text, signs);
}

}  // namespace gird::detect
