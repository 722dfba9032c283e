// Rounds of decoding. The views of a text lie behind each other in one block of memory, which is
// large enough for all that there may be, so that they never move.
#include "text/views.hpp"

#include <algorithm>
#include <cstring>

#include "text/views_decoders.hpp"

namespace gird::text {
namespace {

constexpr std::size_t longest_text = std::size_t{1} << 31U;
constexpr std::size_t blow_up = 4;
constexpr std::size_t spare = 4096;

constexpr std::uint16_t bit(Coding coding) {
  return static_cast<std::uint16_t>(1U << static_cast<unsigned>(coding));
}

Decoded decode_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  switch (text[at]) {
    case '%': return decode_percent(rest);
    case '&': return decode_entity(rest);
    case '\\': return decode_backslash(rest);
    case '+': return decode_utf7(rest);
    case '\0': return {.coding = Coding::nul, .in = 1};
    default: return decode_wide(text, at);
  }
}

/// Letters and digits, and what stands between them in names, numbers and addresses.
bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(" _.:,/-").contains(c);
}

/// Whether the body of a string reads otherwise, or better, without the document around it.
bool needs_view(std::string_view body) {
  if (body.empty()) return false;
  if (!std::ranges::all_of(body, is_plain)) return true;
  return std::string_view("-.:, ").contains(body[0]) || next_token(body, 0);
}

}  // namespace

std::string_view name_of(Coding coding) {
  constexpr std::array<std::string_view, codings> names = {
      "url",  "percent-u", "html", "hex",   "unicode", "octal",     "overlong",
      "utf7", "base64",    "json", "width", "nul",     "ignorable", "plus"};
  return names.at(static_cast<std::size_t>(coding));
}

bool Steps::has(Coding coding) const {
  return std::ranges::any_of(std::span(sets_).first(count_),
                             [&](std::uint16_t set) { return (set & bit(coding)) != 0; });
}

std::vector<std::string> Steps::words() const {
  std::vector<std::string> words(count_);
  for (std::size_t at = 0; at < count_; ++at) {
    for (std::size_t i = 0; i < codings; ++i) {
      const auto coding = static_cast<Coding>(i);
      if (!has(at, coding)) continue;
      if (!words[at].empty()) words[at] += '+';
      words[at] += name_of(coding);
    }
  }
  return words;
}

/// One view while it is written.
class Views::Tape {
 public:
  Tape(Views& views, std::size_t parent_size)
      : views_(views),
        begin_(views.used_),
        first_run_(views.runs_.size()),
        most_runs_(first_run_ + 1024 + parent_size / 8) {}

  void keep(std::string_view text, std::size_t from, std::size_t end) {
    if (from == end) return;
    note(from, 1, 1);
    write(text.substr(from, end - from));
  }
  void put(std::size_t from, const Decoded& decoded) {
    set_ |= bit(decoded.coding);
    if (decoded.out == 0) return;
    note(from, decoded.in, decoded.out);
    write({decoded.bytes.data(), decoded.out});
  }
  void put(std::string_view text, const Token& token) {
    set_ |= bit(Coding::base64);
    const std::string_view digits = text.substr(token.begin, token.digits_end - token.begin);
    const std::size_t groups = digits.size() / 4;
    note(token.begin, 4, 3);
    decode_token(digits.substr(0, groups * 4), end());
    views_.used_ += groups * 3;
    const std::string_view tail = digits.substr(groups * 4);
    if (tail.empty()) return;
    const std::size_t from = token.begin + groups * 4;
    note(from, token.end - from, tail.size() - 1);
    decode_token(tail, end());
    views_.used_ += tail.size() - 1;
  }
  /// A line end between strings, read from the byte at `from`.
  void separate(std::size_t from) {
    note(from, 1, 1);
    write("\n");
  }
  void mark(Coding coding) { set_ |= bit(coding); }

  [[nodiscard]] bool changed() const { return set_ != 0; }
  [[nodiscard]] std::size_t size() const { return views_.used_ - begin_; }
  [[nodiscard]] char* end() const { return views_.bytes_.get() + views_.used_; }
  [[nodiscard]] std::string_view text() const { return {views_.bytes_.get() + begin_, size()}; }
  [[nodiscard]] std::uint16_t set() const { return set_; }
  [[nodiscard]] std::size_t first_run() const { return first_run_; }

 private:
  void write(std::string_view bytes) {
    std::memcpy(end(), bytes.data(), bytes.size());
    views_.used_ += bytes.size();
  }
  /// What is written next was read from `from` on. Nothing to note where the last run says so.
  void note(std::size_t from, std::size_t in, std::size_t out) {
    auto& runs = views_.runs_;
    if (runs.size() == most_runs_) return;
    if (runs.size() > first_run_) {
      const Run& last = runs.back();
      const std::size_t written = size() - last.view;
      const bool same = last.in == in && last.out == out;
      if (same && last.from + written / out * in == from) return;
    }
    const bool full = runs.size() + 1 == most_runs_;
    runs.push_back({static_cast<std::uint32_t>(size()), static_cast<std::uint32_t>(from),
                    full ? 0 : static_cast<std::uint32_t>(in), static_cast<std::uint32_t>(out)});
  }

  Views& views_;
  std::size_t begin_;
  std::size_t first_run_;
  std::size_t most_runs_;
  std::uint16_t set_ = 0;
};

std::span<const View> Views::of(std::string_view text) {
  text_ = text;
  used_ = 0;
  runs_.clear();
  views_.clear();
  if (text.size() >= longest_text) return {};
  look(0, text, {});
  for (std::size_t i = 0; i < views_.size(); ++i) {
    const View view = views_[i];
    look(static_cast<std::uint32_t>(i + 1), view.text, view.steps);
  }
  return views_;
}

/// Memory for all views of the text, before the first is written.
void Views::begin() {
  if (used_ > 0) return;
  const std::size_t needed = blow_up * text_.size() + spare;
  const bool far_too_large = capacity_ > (std::size_t{1} << 20U) && capacity_ / 64 > needed;
  if (capacity_ < needed || far_too_large) {
    bytes_.reset();
    bytes_ = std::make_unique_for_overwrite<char[]>(needed);
    capacity_ = needed;
  }
  views_.reserve(most);
}

bool Views::room(std::size_t bytes) const {
  return views_.size() < most && used_ + bytes <= blow_up * text_.size() + spare;
}

void Views::look(std::uint32_t parent, std::string_view text, const Steps& steps) {
  if (steps.has(Coding::plus)) return;
  if (steps.count() < rounds) {
    if (take_strings(parent, text, steps) || take_encodings(parent, text, steps)) return;
  }
  take_plus(parent, text, steps);
}

void Views::add(const Tape& tape, std::uint32_t parent, Steps steps) {
  if (tape.size() == 0) return;
  steps.add(tape.set());
  views_.push_back({tape.text(), steps, parent, tape.first_run(), runs_.size()});
}

/// All that stands in the text encoded, side by side.
bool Views::take_encodings(std::uint32_t parent, std::string_view text, const Steps& steps) {
  std::optional<Token> token = next_token(text, 0);
  std::size_t at = next_trigger(text, 0);
  std::size_t kept = 0;
  std::optional<Tape> tape;
  const auto write_up_to = [&](std::size_t end) {
    if (!tape) {
      begin();
      tape.emplace(*this, text.size());
    }
    tape->keep(text, kept, end);
  };
  while (at < text.size() || token) {
    if (!tape && !room(text.size())) return true;
    if (token && token->begin < kept) token = next_token(text, kept);
    if (token && token->begin <= at) {
      write_up_to(token->begin);
      tape->put(text, *token);
      kept = token->end;
      token = next_token(text, kept);
      at = next_trigger(text, kept);
      continue;
    }
    if (at >= text.size()) break;
    const Decoded decoded = decode_at(text, at);
    if (decoded) {
      write_up_to(at);
      tape->put(at, decoded);
      kept = at + decoded.in;
    }
    at = next_trigger(text, decoded ? kept : at + 1);
  }
  if (!tape) return false;
  tape->keep(text, kept, text.size());
  add(*tape, parent, steps);
  return true;
}

namespace {

/// The body of a JSON string, its escapes taken off.
void write_string(auto& tape, std::string_view text, Stretch body) {
  std::size_t kept = body.begin;
  std::size_t at = body.begin;
  const std::string_view head = text.substr(0, body.end);
  while ((at = head.find('\\', at)) != std::string_view::npos) {
    const Decoded decoded = decode_json(head.substr(at));
    if (!decoded) {
      ++at;
      continue;
    }
    tape.keep(text, kept, at);
    tape.put(at, decoded);
    at += decoded.in;
    kept = at;
  }
  tape.keep(text, kept, body.end);
}

}  // namespace

bool Views::take_strings(std::uint32_t parent, std::string_view text, const Steps& steps) {
  if (!is_json(text)) return false;
  const std::size_t of_their_own = steps.has(Coding::json) ? 0 : most_strings - 1;
  std::size_t count = 0;
  std::optional<Tape> shared;
  for (auto body = next_string(text, 0); body; body = next_string(text, body->end + 1)) {
    if (!needs_view(text.substr(body->begin, body->end - body->begin))) continue;
    if (!shared && !room(text.size())) return true;
    begin();
    if (count++ < of_their_own && views_.size() + 1 < most) {
      Tape tape(*this, body->end - body->begin);
      tape.mark(Coding::json);
      write_string(tape, text, *body);
      add(tape, parent, steps);
      continue;
    }
    if (!shared) {
      shared.emplace(*this, text.size());
      shared->mark(Coding::json);
    } else {
      shared->separate(body->begin - 1);
    }
    write_string(*shared, text, *body);
  }
  if (shared) add(*shared, parent, steps);
  return true;
}

/// Spaces where a form has pluses: nothing else is left to be taken off.
void Views::take_plus(std::uint32_t parent, std::string_view text, const Steps& steps) {
  std::size_t at = text.find('+');
  if (at == std::string_view::npos || !room(text.size())) return;
  const std::size_t least = steps.has(Coding::url) ? 1 : 2;
  constexpr std::string_view blanks = " \t\r\n";
  std::optional<Tape> tape;
  while (at < text.size()) {
    const std::size_t blank = text.substr(0, at).find_last_of(blanks);
    const std::size_t word = blank == std::string_view::npos ? 0 : blank + 1;
    std::size_t end = 0;
    if (is_form_word(text, word, least, end)) {
      if (!tape) {
        begin();
        tape.emplace(*this, text.size());
        tape->mark(Coding::plus);
        tape->keep(text, 0, text.size());
      }
      std::ranges::replace(std::span(tape->end() - text.size() + word, end - word), '+', ' ');
    }
    at = text.find('+', end);
  }
  if (tape) add(*tape, parent, steps);
}

Stretch Views::from_parent(const View& view, Stretch where) const {
  const auto runs = std::span(runs_).subspan(view.first_run, view.end_run - view.first_run);
  const std::size_t size = view.parent == 0 ? text_.size() : views_[view.parent - 1].text.size();
  const auto origin = [&](std::size_t at) -> Stretch {
    const auto after = std::ranges::upper_bound(runs, at, {}, &Run::view);
    const Run& run = *std::prev(after);
    if (run.in == 0) return {run.from, size};
    const std::size_t begin = run.from + (at - run.view) / run.out * run.in;
    return {begin, begin + run.in};
  };
  const std::size_t last = view.text.size() - 1;
  const std::size_t begin = std::min(where.begin, last);
  const Stretch first = origin(begin);
  if (where.end <= where.begin) return {first.begin, first.begin};
  return {first.begin, origin(std::clamp(where.end - 1, begin, last)).end};
}

Stretch Views::raw(const View& view, Stretch where) const {
  const View* at = &view;
  while (true) {
    where = from_parent(*at, where);
    if (at->parent == 0) return where;
    at = &views_[at->parent - 1];
  }
}

Decoded decoded_byte(Coding coding, std::size_t in, unsigned byte) {
  return {.coding = coding, .in = in, .bytes = {static_cast<char>(byte)}, .out = 1};
}

Decoded decoded_point(Coding coding, std::size_t in, char32_t point) {
  if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) point = 0xfffd;
  Decoded decoded{.coding = coding, .in = in};
  const auto put = [&](unsigned byte) {
    decoded.bytes.at(decoded.out++) = static_cast<char>(byte);
  };
  const auto tail = [&](unsigned shift) { put(0x80U | (point >> shift & 0x3fU)); };
  if (point < 0x80) {
    put(point);
    return decoded;
  }
  if (point < 0x800) {
    put(0xc0U | point >> 6U);
  } else {
    if (point < 0x10000) {
      put(0xe0U | point >> 12U);
    } else {
      put(0xf0U | point >> 18U);
      tail(12);
    }
    tail(6);
  }
  tail(0);
  return decoded;
}

}  // namespace gird::text
