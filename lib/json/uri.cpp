// Resolving references.
#include "json/uri.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <vector>

namespace gird::json {
namespace {

struct Parts {
  std::string_view scheme;     ///< with its colon
  std::string_view authority;  ///< with its slashes
  std::string_view path;
  std::string_view query;  ///< with its question mark
};

std::string_view take(std::string_view& text, std::size_t count) {
  const std::string_view head = text.substr(0, count);
  text.remove_prefix(head.size());
  return head;
}

Parts parts_of(std::string_view uri) {
  Parts parts;
  const std::size_t colon = uri.find_first_of(":/?");
  if (colon != uri.npos && colon > 0 && uri[colon] == ':') parts.scheme = take(uri, colon + 1);
  if (uri.starts_with("//"))
    parts.authority = take(uri, std::min(uri.find_first_of("/?", 2), uri.size()));
  parts.path = take(uri, std::min(uri.find('?'), uri.size()));
  parts.query = uri;
  return parts;
}

/// Without `.` and `..`.
std::string clean_path(std::string_view path) {
  std::vector<std::string_view> steps;
  const bool absolute = path.starts_with('/');
  if (absolute) path.remove_prefix(1);
  for (bool last = false; !last;) {
    const std::size_t slash = path.find('/');
    last = slash == path.npos;
    const std::string_view step = path.substr(0, slash);
    if (!last) path.remove_prefix(slash + 1);
    const bool dots = step == "." || step == "..";
    if (step == ".." && !steps.empty()) steps.pop_back();
    if (!dots) steps.push_back(step);
    if (dots && last) steps.emplace_back();
  }
  std::string out;
  for (const std::string_view& step : steps) {
    if (!out.empty() || absolute || &step != steps.data()) out += '/';
    out += step;
  }
  return out;
}

std::string merged_path(const Parts& base, std::string_view path) {
  if (!base.authority.empty() && base.path.empty()) return "/" + std::string(path);
  const std::size_t slash = base.path.rfind('/');
  return std::string(slash == base.path.npos ? "" : base.path.substr(0, slash + 1)) +
         std::string(path);
}

std::string joined(std::string_view scheme, std::string_view authority, std::string_view path,
                   std::string_view query) {
  std::string out(scheme);
  out += authority;
  out += path;
  out += query;
  return out;
}

}  // namespace

SplitUri split_fragment(std::string_view uri) {
  const std::size_t hash = uri.find('#');
  if (hash == uri.npos) return {.address = uri, .fragment = {}};
  return {.address = uri.substr(0, hash), .fragment = uri.substr(hash + 1)};
}

std::string resolved_uri(std::string_view base, std::string_view reference) {
  if (reference.empty()) return std::string(base);
  const Parts to = parts_of(reference);
  const Parts from = parts_of(base);
  if (!to.scheme.empty()) return std::string(reference);
  if (!to.authority.empty()) {
    return joined(from.scheme, to.authority, clean_path(to.path), to.query);
  }
  if (to.path.empty()) return joined(from.scheme, from.authority, from.path, to.query);
  const std::string path =
      clean_path(to.path.starts_with('/') ? std::string(to.path) : merged_path(from, to.path));
  return joined(from.scheme, from.authority, path, to.query);
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::uint8_t byte = 0;
    const bool escape =
        text[0] == '%' && text.size() > 2 &&
        std::from_chars(text.data() + 1, text.data() + 3, byte, 16).ptr == text.data() + 3;
    out += escape ? static_cast<char>(byte) : text[0];
    text.remove_prefix(escape ? 3 : 1);
  }
  return out;
}

}  // namespace gird::json
