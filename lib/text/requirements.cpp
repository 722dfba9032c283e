#include "text/requirements.hpp"

#include "base/utf8.hpp"

namespace gird::text {
namespace {

std::uint64_t length_of(std::string_view text) {
  std::uint64_t length = 0;
  for (std::size_t at = 0; at < text.size(); ++length) {
    at += next_character(text.substr(at)).length;
  }
  return length;
}

std::string counted(std::uint64_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what);
}

std::optional<Breach> wrong_length(const Requirements& required, std::string_view text) {
  if (required.most_bytes && text.size() > *required.most_bytes) {
    return Breach{"max-bytes", counted(text.size(), "bytes, at most ") +
                                   std::to_string(*required.most_bytes) + " are allowed"};
  }
  if (!required.least_length && !required.most_length) return std::nullopt;
  const std::uint64_t length = length_of(text);
  if (required.most_length && length > *required.most_length) {
    return Breach{"max-length", counted(length, "characters, at most ") +
                                    std::to_string(*required.most_length) + " are allowed"};
  }
  if (required.least_length && length < *required.least_length) {
    return Breach{"min-length", counted(length, "characters, at least ") +
                                    std::to_string(*required.least_length) + " are required"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Breach> breach_of(const Requirements& required, std::string_view text) {
  if (auto breach = wrong_length(required, text)) return breach;
  if (required.charset != nullptr) {
    if (const auto at = first_outside(*required.charset, text)) {
      return Breach{"charset", "byte " + std::to_string(*at + 1) + " is not in charset " +
                                   std::string(required.charset->name)};
    }
  }
  if (required.type != nullptr) {
    if (const NotOne fault = required.type->judge(text)) {
      return Breach{"type", "not " + required.type->text() + ": " + std::string(*fault)};
    }
  }
  return std::nullopt;
}

}  // namespace gird::text
