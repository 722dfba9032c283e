#include "detect/logline.hpp"

#include <algorithm>

#include "detect/logline_head.hpp"
#include "detect/odd_bytes.hpp"
#include "detect/part.hpp"

namespace gird::detect {
namespace {

/// How many bytes at the head of `text` are a line end: one that a terminal, a viewer or a parser
/// of logs breaks at.
std::size_t break_length(std::string_view text) {
  switch (text.front()) {
    case '\n':
    case '\v':
    case '\f': return 1;
    case '\r': return part(text, 1).starts_with('\n') ? 2 : 1;
    case '\x85': return 1;
    case '\xc2': return text.starts_with("\xc2\x85") ? 2 : 0;
    case '\xe2':
      return text.starts_with("\xe2\x80\xa8") || text.starts_with("\xe2\x80\xa9") ? 3 : 0;
    case '\\':
      return text.starts_with("\\r\\n")                           ? 4
             : text.starts_with("\\n") || text.starts_with("\\r") ? 2
                                                                  : 0;
    default: return 0;
  }
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80; }

class Reader {
 public:
  Reader(std::string_view text, Signs& signs) : text_(text), signs_(signs) {}

  /// `next(text, at)` gives the next place where a line end may be.
  void read(auto next) {
    for (std::size_t at = next(text_, 0); at < text_.size(); at = next(text_, at)) {
      const std::size_t length = is_byte_inside(at) ? 0 : break_length(part(text_, at));
      at += std::max<std::size_t>(length, 1);
      if (length > 0) look_behind(at - length, at);
    }
  }

 private:
  /// A raw 85 is a line end only where it is no part of a character.
  [[nodiscard]] bool is_byte_inside(std::size_t at) const {
    if (text_[at] != '\x85' || at == 0) return false;
    return static_cast<unsigned char>(text_[at - 1]) >= 0x80;
  }
  void look_behind(std::size_t begin, std::size_t at) {
    while (at < text_.size() && at - begin < 16 && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    const std::string_view sign = log_head(part(text_, at));
    if (sign.empty()) return;
    signs_.add(is_excerpt() ? "logline/excerpt" : sign, {begin, std::min(at + 16, text_.size())});
  }
  [[nodiscard]] bool is_excerpt() {
    if (!excerpt_known_) excerpt_ = !log_head(text_).empty();
    excerpt_known_ = true;
    return excerpt_;
  }

  std::string_view text_;
  Signs& signs_;
  bool excerpt_known_ = false;
  bool excerpt_ = false;
};

std::size_t next_backslash(std::string_view text, std::size_t at) {
  return std::min(text.find('\\', at), text.size());
}

/// The next byte that is odd and no part of the character before it.
std::size_t next_break(std::string_view text, std::size_t at) {
  at = next_odd(text, at);
  while (at < text.size() && continues(text[at]) && text[at] != '\x85') at = next_odd(text, at + 1);
  return at;
}

}  // namespace

void logline_signs(std::string_view text, Signs& signs) {
  Reader reader(text, signs);
  reader.read(next_break);
  reader.read(next_backslash);
}

}  // namespace gird::detect
