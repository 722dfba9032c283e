// Patterns by RE2.
#include "text/pattern.hpp"

#include <re2/re2.h>

namespace gird::text {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

/// Where the mistake is, counted from 1; RE2 names the part at fault, not its place.
std::string place(const re2::RE2& compiled) {
  const std::size_t at = compiled.pattern().find(compiled.error_arg());
  if (compiled.error_arg().empty() || at == std::string::npos) return "";
  return " at character " + std::to_string(at + 1);
}

}  // namespace

Pattern::Pattern(std::unique_ptr<re2::RE2> compiled) : compiled_(std::move(compiled)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::compile(std::string_view pattern) {
  re2::RE2::Options options(re2::RE2::Latin1);
  options.set_log_errors(false);
  auto compiled = std::make_unique<re2::RE2>(piece(pattern), options);
  if (compiled->ok()) return Pattern(std::move(compiled));
  return misuse("value-pattern", "'" + std::string(pattern) + "'",
                compiled->error() + place(*compiled));
}

bool Pattern::found_in(std::string_view line) const {
  return re2::RE2::PartialMatch(piece(line), *compiled_);
}

std::optional<std::string_view> Pattern::first_in(std::string_view line) const {
  re2::StringPiece found;
  if (!compiled_->Match(piece(line), 0, line.size(), re2::RE2::UNANCHORED, &found, 1)) {
    return std::nullopt;
  }
  return std::string_view(found.data(), found.size());
}

std::optional<std::string> Pattern::caught_in(std::string_view line) const {
  std::string caught;
  if (groups() == 0 || !re2::RE2::PartialMatch(piece(line), *compiled_, &caught))
    return std::nullopt;
  return caught;
}

int Pattern::groups() const { return compiled_->NumberOfCapturingGroups(); }

const std::string& Pattern::text() const { return compiled_->pattern(); }

}  // namespace gird::text
