// A second reading of RFC 8259, by no code of the repairer.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/utf8.hpp"

namespace gird::fuzz {

/// Reads values one behind the other. Nothing of it is quick.
class JsonText {
 public:
  explicit JsonText(std::string_view text) : text_(text) {}

  /// Whether all of it is documents with a line feed between any two; none is not enough.
  bool documents() {
    blanks();
    std::size_t count = 0;
    for (bool parted = true; at_ < text_.size(); parted = blanks(), ++count) {
      if (!parted || !value()) return false;
    }
    return count > 0;
  }
  /// Whether all of it is one document.
  bool document() {
    blanks();
    if (!value()) return false;
    blanks();
    return at_ == text_.size();
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool eat(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  /// Says whether a line ends in them.
  bool blanks() {
    const std::size_t start = at_;
    while (at_ < text_.size() && std::string_view(" \t\r\n").contains(text_[at_])) ++at_;
    return text_.substr(start, at_ - start).contains('\n');
  }

  bool value() {
    std::vector<char> open;
    for (;;) {
      if (!open.empty() && open.back() == '{' && !key()) return false;
      blanks();
      if (peek() == '[' || peek() == '{') {
        open.push_back(text_[at_++]);
        blanks();
        if (peek() != (open.back() == '[' ? ']' : '}')) continue;
      } else if (!scalar()) {
        return false;
      }
      while (!open.empty()) {
        blanks();
        if (eat(",")) break;
        if (!eat(open.back() == '[' ? "]" : "}")) return false;
        open.pop_back();
      }
      if (open.empty()) return true;
    }
  }
  bool key() {
    blanks();
    if (!string()) return false;
    blanks();
    return eat(":");
  }
  bool scalar() {
    return peek() == '"' ? string() : eat("true") || eat("false") || eat("null") || number();
  }
  bool string() {
    if (!eat("\"")) return false;
    while (at_ < text_.size() && text_[at_] != '"') {
      const gird::Utf8 next = gird::next_character(text_.substr(at_));
      if (!next.valid || next.point < 0x20) return false;
      at_ += next.length;
      if (next.point == '\\' && !escape()) return false;
    }
    return eat("\"");
  }
  bool escape() {
    if (!eat("u")) {
      if (at_ == text_.size()) return false;
      return std::string_view("\"\\/bfnrt").contains(text_[at_++]);
    }
    const std::string_view digits = text_.substr(at_, 4);
    at_ += digits.size();
    return digits.size() == 4 &&
           digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  }
  bool digits() {
    const std::size_t start = at_;
    while (peek() >= '0' && peek() <= '9') ++at_;
    return at_ > start;
  }
  bool number() {
    eat("-");
    if (!eat("0") && !digits()) return false;
    if (eat(".") && !digits()) return false;
    if (!eat("e") && !eat("E")) return true;
    if (!eat("+")) eat("-");
    return digits();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

inline bool valid_document(std::string_view text) { return JsonText(text).document(); }
inline bool valid_documents(std::string_view text) { return JsonText(text).documents(); }

}  // namespace gird::fuzz
