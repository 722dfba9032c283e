// Walks over valid JSON that comes in pieces, and tells a watcher what it meets.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "json/place.hpp"
#include "json/scan.hpp"

namespace gird::json {

/// What a watcher may be told; one that hides a function here is told of it. `at` is an index in
/// the piece that is being walked over (0 where the thing was at the end of the piece before).
struct Watcher {
  void value_begins(std::size_t /*at*/) {}             ///< at its first byte
  void value_ends(std::size_t /*at*/) {}               ///< behind its last byte
  void opened(std::size_t /*at*/, bool /*object*/) {}  ///< behind the bracket
  void closes(std::size_t /*at*/, bool /*object*/) {}  ///< at the bracket
  void comma(std::size_t /*at*/) {}                    ///< at the comma
  void key_begins(std::size_t /*at*/) {}               ///< at its opening quote
  void key_part(std::string_view /*text*/) {}          ///< between its quotes, escapes as they are
  void key_ends(std::size_t /*at*/) {}                 ///< behind its closing quote
};

/// One document or several, with white space between them. Memory: a bit a level.
template <class W>
class Walk {
 public:
  void push(W& watcher, std::string_view piece) {
    std::size_t at = in_string_ ? string(watcher, piece, 0) : 0;
    while (at < piece.size()) at = token(watcher, piece, at);
  }

  /// The text ends here, or what comes next is another value.
  void finish(W& watcher) {
    if (std::exchange(in_scalar_, false)) watcher.value_ends(0);
  }

  [[nodiscard]] const Nesting& nesting() const { return nesting_; }

 private:
  std::size_t token(W& watcher, std::string_view piece, std::size_t at) {
    const char byte = piece[at];
    if (is_number_or_word(byte)) {
      if (!std::exchange(in_scalar_, true)) watcher.value_begins(at);
      while (at < piece.size() && is_number_or_word(piece[at])) ++at;
      return at;
    }
    if (std::exchange(in_scalar_, false)) watcher.value_ends(at);
    switch (byte) {
      case '"':
        is_key_ = std::exchange(key_next_, false);
        if (is_key_) {
          watcher.key_begins(at);
        } else {
          watcher.value_begins(at);
        }
        return string(watcher, piece, at + 1);
      case '{':
      case '[':
        watcher.value_begins(at);
        key_next_ = byte == '{';
        nesting_.open(key_next_);
        watcher.opened(at + 1, key_next_);
        return at + 1;
      case '}':
      case ']':
        watcher.closes(at, byte == '}');
        nesting_.close();
        key_next_ = false;
        watcher.value_ends(at + 1);
        return at + 1;
      case ',':
        watcher.comma(at);
        key_next_ = nesting_.in_object();
        return at + 1;
      default: return at + 1;  // a colon or a blank
    }
  }

  static bool is_number_or_word(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || byte == '-' ||
           byte == '+' || byte == '.' || byte == 'E';
  }

  std::size_t string(W& watcher, std::string_view piece, std::size_t inside) {
    const std::size_t end = string_.behind(piece, inside);
    in_string_ = end == std::string_view::npos;
    if (is_key_) {
      watcher.key_part(piece.substr(inside, in_string_ ? end : end - 1 - inside));
      if (!in_string_) watcher.key_ends(end);
    } else if (!in_string_) {
      watcher.value_ends(end);
    }
    return in_string_ ? piece.size() : end;
  }

  Nesting nesting_;
  StringWalk string_;
  bool in_string_ = false;
  bool in_scalar_ = false;
  bool is_key_ = false;
  bool key_next_ = false;
};

}  // namespace gird::json
