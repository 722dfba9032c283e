// Compact and pretty text.
#include "json/layout.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace gird::json {
namespace {

constexpr auto npos = std::string_view::npos;

enum class Sign : std::uint8_t { plain, blank, quote, open, close };

constexpr std::array<Sign, 256> make_signs() {
  std::array<Sign, 256> signs{};
  for (const unsigned char c : {' ', '\n', '\t', '\r'}) signs[c] = Sign::blank;
  signs['"'] = Sign::quote;
  signs['{'] = signs['['] = Sign::open;
  signs['}'] = signs[']'] = Sign::close;
  return signs;
}

constexpr std::array<Sign, 256> signs = make_signs();

Sign sign_of(char byte) { return signs[static_cast<unsigned char>(byte)]; }

/// Behind the number or word (or, where it is not asked for, the signs) that stand at `from`.
std::size_t behind_scalar(std::string_view bytes, std::size_t from) {
  while (from < bytes.size() && sign_of(bytes[from]) == Sign::plain && bytes[from] != ',' &&
         bytes[from] != ':') {
    ++from;
  }
  return from;
}

}  // namespace

// Everything between two blanks is given as one range.
void Compact::text(std::string_view bytes) {
  std::size_t from = 0;  // of the range
  std::size_t at = 0;
  if (in_string_) {
    at = string_.behind(bytes, 0);
    if (at == npos) return out_.add(bytes);
    in_string_ = false;
    if (depth_ == 0) from = end_document(bytes, 0, at);
  }
  while (at < bytes.size()) {
    switch (sign_of(bytes[at])) {
      case Sign::plain:
        scalar_ = depth_ == 0;
        ++at;
        while (at < bytes.size() && sign_of(bytes[at]) == Sign::plain) ++at;
        break;
      case Sign::blank:
        out_.add(bytes.substr(from, at - from));
        end_scalar();
        while (at < bytes.size() && is_blank(bytes[at])) ++at;
        from = at;
        break;
      case Sign::quote:
        at = string_.behind(bytes, at + 1);
        if (at == npos) {
          in_string_ = true;
          return out_.add(bytes.substr(from));
        }
        if (depth_ == 0) from = end_document(bytes, from, at);
        break;
      case Sign::open:
        ++depth_;
        ++at;
        break;
      case Sign::close:
        ++at;
        if (--depth_ == 0) from = end_document(bytes, from, at);
        break;
    }
  }
  out_.add(bytes.substr(from));
}

std::size_t Compact::end_document(std::string_view bytes, std::size_t from, std::size_t to) {
  out_.add(bytes.substr(from, to - from));
  out_.add('\n');
  return to;
}

// A number or a word at the top ends where something else begins.
void Compact::end_scalar() {
  if (std::exchange(scalar_, false)) out_.add('\n');
}

void Compact::completed(std::size_t depth) {
  if (depth == 0) end_scalar();
  Stage::completed(depth);
}

Result<void> Compact::finish() {
  end_scalar();
  return Stage::finish();
}

Pretty::Pretty(Sink& next, std::string step) : Stage(next), step_(std::move(step)), line_("\n") {}

void Pretty::text(std::string_view bytes) {
  std::size_t at = in_string_ ? give_string(bytes, 0, 0) : 0;
  while (at < bytes.size()) {
    switch (sign_of(bytes[at])) {
      case Sign::plain: at = token(bytes, at); break;
      case Sign::blank:
        end_scalar();
        while (at < bytes.size() && is_blank(bytes[at])) ++at;
        break;
      case Sign::quote:
        before_value();
        at = give_string(bytes, at, at + 1);
        break;
      case Sign::open: open(bytes[at++]); break;
      case Sign::close: close(bytes[at++]); break;
    }
  }
}

/// Gives the string from `from` on, its next byte being at `inside`; where the text goes on.
std::size_t Pretty::give_string(std::string_view bytes, std::size_t from, std::size_t inside) {
  const std::size_t end = string_.behind(bytes, inside);
  in_string_ = end == npos;
  out_.add(bytes.substr(from, in_string_ ? npos : end - from));
  if (in_string_) return bytes.size();
  if (depth_ == 0) out_.add('\n');
  return end;
}

std::size_t Pretty::token(std::string_view bytes, std::size_t at) {
  if (bytes[at] == ',') {
    out_.add(',');
    break_line();
    return at + 1;
  }
  if (bytes[at] == ':') {
    out_.add(": ");
    return at + 1;
  }
  before_value();
  scalar_ = depth_ == 0;
  const std::size_t end = behind_scalar(bytes, at);
  out_.add(bytes.substr(at, end - at));
  return end;
}

void Pretty::before_value() {
  if (std::exchange(fresh_, false)) break_line();
}

void Pretty::open(char bracket) {
  before_value();
  out_.add(bracket);
  ++depth_;
  fresh_ = true;
}

void Pretty::close(char bracket) {
  --depth_;
  if (!std::exchange(fresh_, false)) break_line();
  out_.add(bracket);
  if (depth_ == 0) out_.add('\n');
}

void Pretty::break_line() {
  // The indentation of the deepest levels is put together of pieces: its buffer stays small.
  constexpr std::size_t most_ready = 4096;
  const std::size_t size = depth_ * step_.size();
  while (line_.size() - 1 < std::min(size, most_ready)) line_ += step_;
  std::size_t missing = size;
  const std::size_t whole = step_.empty() ? 0 : (line_.size() - 1) / step_.size() * step_.size();
  std::size_t piece = std::min(missing, whole);
  out_.add(std::string_view(line_).substr(0, 1 + piece));
  for (missing -= piece; missing > 0; missing -= piece) {
    piece = std::min(missing, whole);
    out_.add(std::string_view(line_).substr(1, piece));
  }
}

void Pretty::end_scalar() {
  if (std::exchange(scalar_, false)) out_.add('\n');
}

void Pretty::completed(std::size_t depth) {
  if (depth == 0) end_scalar();
  Stage::completed(depth);
}

Result<void> Pretty::finish() {
  end_scalar();
  return Stage::finish();
}

}  // namespace gird::json
