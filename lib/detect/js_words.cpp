#include "detect/js_words.hpp"

#include "detect/letters.hpp"

namespace gird::detect {
namespace {

using letters::in_order;
using letters::is_one_of;

struct Row {
  std::string_view name;
  Call call;
};

consteval auto by_name(auto rows) {
  std::ranges::sort(rows, {}, &Row::name);
  return rows;
}

constexpr auto calls = by_name(std::to_array<Row>({
    {"alert", Call::dialog},        {"confirm", Call::dialog},
    {"prompt", Call::dialog},       {"msgbox", Call::dialog},
    {"eval", Call::program},        {"execscript", Call::program},
    {"function", Call::program},    {"settimeout", Call::timer},
    {"setinterval", Call::timer},   {"setimmediate", Call::timer},
    {"call", Call::apply},          {"apply", Call::apply},
    {"bind", Call::apply},          {"some", Call::each},
    {"every", Call::each},          {"map", Call::each},
    {"find", Call::each},           {"findindex", Call::each},
    {"filter", Call::each},         {"foreach", Call::each},
    {"reduce", Call::each},         {"sort", Call::each},
    {"from", Call::each},           {"then", Call::each},
    {"replace", Call::each},        {"fromcharcode", Call::codes},
    {"fromcodepoint", Call::codes}, {"write", Call::write},
    {"writeln", Call::write},       {"createelement", Call::element},
    {"fetch", Call::send},          {"import", Call::send},
    {"sendbeacon", Call::send},     {"getscript", Call::send},
    {"importscripts", Call::send},  {"constructor", Call::constructs},
    {"activexobject", Call::maker},
}));

constexpr auto globals = in_order(std::to_array<std::string_view>(
    {"window", "self", "top", "parent", "this", "frames", "globalthis", "document", "content",
     "opener", "defaultview", "contentwindow", "parentwindow"}));

constexpr auto page_values = in_order(std::to_array<std::string_view>({"document",
                                                                       "location",
                                                                       "window",
                                                                       "self",
                                                                       "top",
                                                                       "parent",
                                                                       "origin",
                                                                       "domain",
                                                                       "cookie",
                                                                       "xss",
                                                                       "navigator",
                                                                       "localstorage",
                                                                       "sessionstorage",
                                                                       "history",
                                                                       "name",
                                                                       "string",
                                                                       "this",
                                                                       "url",
                                                                       "unescape",
                                                                       "atob",
                                                                       "decodeuri",
                                                                       "decodeuricomponent",
                                                                       "frames"}));

constexpr auto page_secrets = in_order(
    std::to_array<std::string_view>({"cookie", "domain", "location", "write", "writeln", "referrer",
                                     "documenturi", "baseuri", "url", "urlunencoded"}));

constexpr auto decoders = in_order(std::to_array<std::string_view>(
    {"atob", "unescape", "decodeuri", "decodeuricomponent", "string", "location", "name",
     "document", "window", "self", "top", "url", "hash", "localstorage", "this", "code"}));

constexpr auto declarers = in_order(std::to_array<std::string_view>(
    {"function", "def", "fn", "func", "void", "int", "bool", "sub", "async", "static", "public",
     "private", "string", "proc", "method"}));

}  // namespace

Call call_kind(std::string_view name) {
  const auto found = std::ranges::lower_bound(calls, name, {}, &Row::name);
  return found != calls.end() && found->name == name ? found->call : Call::none;
}

bool is_global(std::string_view name) { return is_one_of(globals, name); }
bool is_page_value(std::string_view name) { return is_one_of(page_values, name); }
bool is_page_secret(std::string_view name) { return is_one_of(page_secrets, name); }
bool is_decoder(std::string_view name) { return is_one_of(decoders, name); }
bool is_declarer(std::string_view name) { return is_one_of(declarers, name); }

}  // namespace gird::detect
