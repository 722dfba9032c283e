#include "detect/path_lexer.hpp"

#include <algorithm>

#include "detect/bytes.hpp"
#include "detect/path_spelling.hpp"

namespace gird::detect {
namespace {

/// What a segment is made of, until its separator comes.
struct Segment {
  std::size_t dots = 0;
  std::size_t wild = 0;
  std::size_t dropped = 0;
  std::size_t others = 0;
  bool hidden = false;
  bool parameter = false;  ///< `;` came right behind two dots
};

class Reader {
 public:
  Reader(std::string_view text, std::size_t at) : text_(text), at_(at) { path_.where.begin = at; }

  Path read() {
    while (at_ < text_.size() && !ends_path(text_[at_])) step();
    if (segment_.dots + segment_.wild + segment_.others > 0 && !is_ellipsis()) close();
    path_.where.end = at_;
    return path_;
  }

 private:
  /// Three dots at the end are punctuation, before a separator they are a directory.
  [[nodiscard]] bool is_ellipsis() const {
    return segment_.dots > 2 && segment_.others == 0 && !segment_.hidden;
  }

  /// Most bytes stand for themselves in every spelling.
  static bool is_plain(char c) {
    return letter(c) || (digit(c) && c != '0') || c == '_' || c == '-';
  }

  void step() {
    if (is_plain(text_[at_]) && !stripped_ && segment_.dots != 2) {
      ++segment_.others;
      name(lower(text_[at_++]));
      return;
    }
    if (bare_separator()) return separator({.unit = PathUnit::separator, .length = 2});
    const PathSpelling spelling = read_path_unit(text_, at_);
    path_.broken |= spelling.broken;
    if (spelling.unit == PathUnit::separator) return separator(spelling);
    take(spelling);
    at_ += spelling.length;
  }

  void take(const PathSpelling& spelling) {
    segment_.hidden |= spelling.hidden;
    if (spelling.unit == PathUnit::nothing) {
      ++segment_.dropped;
    } else if (spelling.unit == PathUnit::nul) {
      nul(at_ + spelling.length);
    } else {
      visible(spelling);
    }
  }

  void nul(std::size_t behind) {
    if (segment_.others > 0) path_.cut = true;
    ++segment_.dropped;
    if (behind < text_.size() && segment_.others > 0) name(';');
  }

  void visible(const PathSpelling& spelling) {
    if (spelling.unit == PathUnit::dot) {
      ++segment_.dots;
    } else if (spelling.unit == PathUnit::wild) {
      ++segment_.wild;
    } else {
      segment_.parameter |= spelling.byte == ';' && segment_.others == 0 && segment_.dots == 2;
      ++segment_.others;
    }
    name(spelling.unit == PathUnit::wild ? '?' : spelling.byte);
  }

  void name(char c) {
    if (!open_) path_.names.add('/');
    open_ = true;
    path_.names.add(c);
  }

  /// `..2f..2f`: a filter took the `%` away, a later step puts it back.
  bool bare_separator() {
    const bool behind_up = segment_.dots == 2 && segment_.others == 0;
    if (!behind_up && !stripped_) return false;
    if (!holds(text_, at_, "2f") && !holds(text_, at_, "5c")) return false;
    stripped_ = true;
    segment_.hidden = true;
    return true;
  }

  void separator(const PathSpelling& spelling) {
    const bool first = at_ == path_.where.begin;
    path_.absolute |= first;
    note_separator(spelling);
    if (!first) close();
    at_ += spelling.length;
  }

  void note_separator(const PathSpelling& spelling) {
    path_.slash |= !spelling.hidden && text_[at_] == '/';
    path_.backslash |= !spelling.hidden && text_[at_] == '\\';
    path_.hidden_separator |= spelling.hidden;
    if (segment_.dots == 2) segment_.hidden |= spelling.hidden;
  }

  void close() {
    if (segment_.others == 0 || segment_.parameter) {
      forget_dots();
      close_dots();
    } else {
      ++path_.named;
      ++depth_;
      path_.longest = std::max(path_.longest, segment_.others);
    }
    segment_ = {};
    open_ = false;
  }

  /// Dots are counted, not kept: the names hold what the path leads to.
  void forget_dots() {
    if (open_) path_.names.drop_last();
  }

  void close_dots() {
    if (segment_.wild > 0) {
      if (segment_.dots + segment_.wild == 2) up(path_.wild);
    } else if (segment_.dots == 0) {
      ++path_.empties;
    } else if (segment_.dots == 1) {
      ++path_.currents;
    } else {
      plain_up();
    }
  }

  void plain_up() {
    const bool odd = segment_.dots > 2 || segment_.parameter;
    if (odd) ++path_.mangled;
    path_.parameter |= segment_.parameter;
    if (segment_.hidden || segment_.dropped > 0) ++path_.hidden_ups;
    climb();
  }

  void up(std::size_t& kind) {
    ++kind;
    climb();
  }

  void climb() {
    if (path_.ups == 0) path_.named_first = path_.named;
    ++path_.ups;
    path_.last_up = at_;
    if (depth_ > 0) {
      --depth_;
      path_.names.drop_last();
    } else {
      ++path_.above;
    }
  }

  std::string_view text_;
  std::size_t at_;
  Path path_;
  Segment segment_;
  std::size_t depth_ = 0;
  bool open_ = false;
  bool stripped_ = false;
};

}  // namespace

void PathNames::forget() {
  constexpr std::size_t half = std::tuple_size_v<decltype(bytes_)> / 2;
  std::copy(bytes_.begin() + half, bytes_.end(), bytes_.begin());
  size_ -= half;
}

void PathNames::drop_last() {
  while (size_ > 0 && bytes_.at(size_ - 1) != '/') --size_;
  if (size_ > 0) --size_;
}

Path read_path(std::string_view text, std::size_t at) { return Reader(text, at).read(); }

}  // namespace gird::detect
