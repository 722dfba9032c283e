// The fast path: whole values, as long as what is behind them is what JSON wants there.
#include "json/valid_run.hpp"

#include <array>
#include <cstring>

#include "json/body_length.hpp"
#include "json/runs.hpp"

namespace gird::json {
namespace {

constexpr auto value_starts = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("\"{[-0123456789tfn")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

GIRD_INLINE bool starts_value(char c) { return value_starts[static_cast<unsigned char>(c)]; }

/// The rest of a string that is not plain all through: escapes, and characters beyond ASCII.
[[gnu::noinline]] const char* after_marked_string(const char* at, const char* end) {
  at += body_length({at, static_cast<std::size_t>(end - at)});
  return at != end && *at == '"' ? at + 1 : nullptr;
}

/// Behind a string whose opening quotation mark is before `at`; null when it is none or is cut off.
GIRD_INLINE const char* after_string(const char* at, const char* end) {
  at = runs::after_plain(at, end);
  if (at == end) return nullptr;
  if (*at == '"') [[likely]]
    return at + 1;
  return after_marked_string(at, end);
}

/// Behind a number. What is cut off by the end is found out by who looks for what follows.
GIRD_INLINE const char* after_number(const char* at, const char* end) {
  if (*at == '-') ++at;
  if (at == end) return nullptr;
  if (*at == '0') {
    ++at;
  } else {
    const char* const first = at;
    at = runs::after_digits(at, end);
    if (at == first) return nullptr;
  }
  if (at != end && *at == '.') {
    const char* const first = at + 1;
    at = runs::after_digits(first, end);
    if (at == first) return nullptr;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    const char* const first = at;
    at = runs::after_digits(first, end);
    if (at == first) return nullptr;
  }
  return at;
}

template <std::size_t size>
GIRD_INLINE const char* after_word(const char* at, const char* end, const char (&word)[size]) {
  constexpr std::ptrdiff_t length = size - 1;
  if (end - at < length || std::memcmp(at, word, length) != 0) return nullptr;
  return at + length;
}

/// Behind the string, number or literal that starts at `at`; null when there is none.
GIRD_INLINE const char* after_scalar(const char* at, const char* end) {
  switch (*at) {
    case '"': return after_string(at + 1, end);
    case 't': return after_word(at, end, "true");
    case 'f': return after_word(at, end, "false");
    case 'n': return after_word(at, end, "null");
    default: return after_number(at, end);
  }
}

/// The start of an array's element, null when `at` is none.
GIRD_INLINE const char* element(const char* at, const char* end) {
  return at != end && starts_value(*at) ? at : nullptr;
}

/// The start of the value behind a colon.
GIRD_INLINE const char* behind_colon(const char* at, const char* end) {
  at = runs::after_blanks(at, end);
  if (at == end || *at != ':') return nullptr;
  return element(runs::after_blanks(at + 1, end), end);
}

/// The start of the value of the member whose key is at `at`.
GIRD_INLINE const char* member(const char* at, const char* end) {
  if (at == end || *at != '"') return nullptr;
  at = after_string(at + 1, end);
  return at != nullptr ? behind_colon(at, end) : nullptr;
}

/// The run as it goes. What was read is settled only when what follows it was seen to fit: the
/// start of a value, or the end of its container.
class Walk {
 public:
  Walk(Place& place, std::string_view window, bool last, std::size_t most_depth,
       bool stop_at_elements, std::size_t floor)
      : nesting_(place.nesting),
        end_(window.data() + window.size()),
        safe_(window.data()),
        expected_(place.expected),
        most_depth_(most_depth),
        floor_(floor),
        object_(place.nesting.in_object()),
        last_(last),
        stop_at_elements_(stop_at_elements) {}

  GIRD_INLINE void go() {
    Spot spot = first();
    while (spot.at != nullptr) {
      if (spot.behind_value) {
        spot = behind_value(spot.at);
      } else if (*spot.at == '{' || *spot.at == '[') {
        spot = inside(spot.at);
      } else {
        spot = over_scalar(spot.at);
      }
    }
  }

  [[nodiscard]] const char* safe() const { return safe_; }
  [[nodiscard]] Expected expected() const { return expected_; }

 private:
  /// Where to go on: at the start of a value, or behind one. Nowhere, when `at` is null.
  struct Spot {
    const char* at = nullptr;
    bool behind_value = false;
  };

  /// What was read up to here is settled.
  GIRD_INLINE void settle(const char* at, Expected expected) {
    safe_ = at;
    expected_ = expected;
  }
  GIRD_INLINE Spot at_value(const char* at, Expected expected = Expected::value) {
    if (at != nullptr) settle(at, expected);
    return {at, false};
  }

  [[nodiscard]] GIRD_INLINE bool at_element() const {
    return stop_at_elements_ && nesting_.depth() == 1 && !object_;
  }

  GIRD_INLINE Spot first() {
    const char* const at = runs::after_blanks(safe_, end_);
    switch (expected_) {
      case Expected::nothing: return {};
      case Expected::comma_or_end: return {safe_, true};
      case Expected::colon: return at_value(behind_colon(at, end_));
      case Expected::key: return at_value(member(at, end_));
      case Expected::value: return at_value(element(at, end_));
      case Expected::key_or_end:
        if (at != end_ && *at == '}') return close(at);
        return at_value(member(at, end_));
      case Expected::value_or_end:
        if (at != end_ && *at == ']') {
          if (nesting_.object_around() && may_go_on(at)) return {};
          return close(at);
        }
        return at_value(element(at, end_), Expected::value_or_end);
    }
    return {};
  }

  GIRD_INLINE Spot over_scalar(const char* at) {
    const char* const behind = after_scalar(at, end_);
    if (nesting_.depth() > 0 || behind == nullptr) return {behind, true};
    // A scalar at the top may be joined with, or spoilt by, anything that comes later.
    if (last_ && runs::after_blanks(behind, end_) == end_) settle(behind, Expected::nothing);
    return {};
  }

  /// Into the container that opens at `at`, or behind it when it is empty.
  GIRD_INLINE Spot inside(const char* at) {
    if (nesting_.depth() >= most_depth_) return {};
    const bool object = *at == '{';
    const char* const first = runs::after_blanks(at + 1, end_);
    if (first == end_) return {};
    if (*first == (object ? '}' : ']')) {
      if (!object && object_ && may_go_on(first)) return {};
      return behind_container(first + 1);
    }
    const char* const value = object ? member(first, end_) : element(first, end_);
    if (value == nullptr) return {};
    nesting_.open(object);
    object_ = object;
    return at_value(value, object ? Expected::value : Expected::value_or_end);
  }

  GIRD_INLINE Spot behind_container(const char* at) {
    const bool top = nesting_.depth() == 0;
    settle(at, top ? Expected::nothing : Expected::comma_or_end);
    return nesting_.depth() <= floor_ || at_element() ? Spot{} : Spot{at, true};
  }

  /// Whether another array follows the `]` at `at` in an object, where only a key may; or the
  /// window ends before that is known.
  [[nodiscard]] GIRD_INLINE bool may_go_on(const char* at) const {
    const char* next = runs::after_blanks(at + 1, end_);
    if (next == end_) return true;
    if (*next != ',') return false;
    next = runs::after_blanks(next + 1, end_);
    return next == end_ || *next == '[';
  }

  GIRD_INLINE Spot close(const char* at) {
    nesting_.close();
    object_ = nesting_.in_object();
    return behind_container(at + 1);
  }

  /// To the start of the next value, or behind the container that ends here.
  GIRD_INLINE Spot behind_value(const char* behind) {
    const char* const at = runs::after_blanks(behind, end_);
    if (at == end_) return {};
    const bool comma = *at == ',';
    if (!comma && *at != (object_ ? '}' : ']')) return {};
    if (at_element() && behind != safe_) {
      settle(behind, Expected::comma_or_end);
      return {};
    }
    if (!comma && !object_ && nesting_.object_around() && may_go_on(at)) {
      settle(behind, Expected::comma_or_end);
      return {};
    }
    if (!comma) return close(at);
    const char* const next = runs::after_blanks(at + 1, end_);
    return at_value(object_ ? member(next, end_) : element(next, end_));
  }

  Nesting& nesting_;
  const char* end_;
  const char* safe_;
  Expected expected_;
  std::size_t most_depth_;
  std::size_t floor_;
  bool object_;
  bool last_;
  bool stop_at_elements_;
};

}  // namespace

std::size_t valid_run(Place& place, std::string_view window, bool last, std::size_t most_depth,
                      bool stop_at_elements, std::size_t floor) {
  Walk walk(place, window, last, most_depth, stop_at_elements, floor);
  walk.go();
  place.expected = walk.expected();
  return static_cast<std::size_t>(walk.safe() - window.data());
}

}  // namespace gird::json
