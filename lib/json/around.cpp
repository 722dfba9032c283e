// The outer scanner: one decision at a time.
#include "json/around.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "json/candidate.hpp"
#include "json/outlook.hpp"
#include "json/prefix.hpp"

namespace gird::json {
namespace {

using Answer = Around::Answer;
using Inside = Surroundings::Inside;
using enum Confidence;

/// What ends something that is dropped, and what dropping it is called.
struct Ending {
  std::string_view mark;
  Kind kind = Kind::prose;
  Confidence confidence = likely;
  bool dropped = true;  ///< the mark too
};

Ending ending_of(const Surroundings& here) {
  switch (here.inside) {
    case Inside::reasoning: return {.mark = reasoning_end(here.reasoning), .kind = Kind::prefix};
    case Inside::block_comment: return {"*/", Kind::comment, certain};
    case Inside::line_comment: return {"\n", Kind::comment, certain, false};
    case Inside::markup: return {"-->", Kind::comment, certain};
    case Inside::code: return {.mark = here.fence == '~' ? "~~~" : "```"};
    default: return {};
  }
}

/// The size of white space at the head that JSON does not know, or of a byte order mark.
std::size_t odd_blank_size(Outlook& text) {
  const char c = text.at(0);
  if (c == '\f' || c == '\v') return 1;
  if (c != '\xc2' && c != '\xe1' && c != '\xe2' && c != '\xe3' && c != '\xef') return 0;
  static constexpr std::array<std::string_view, 21> blanks{
      "\u0085", "\u00a0", "\u1680", "\u180e", "\u2000", "\u2001", "\u2002",
      "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009",
      "\u200a", "\u200b", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};
  for (const std::string_view blank : blanks) {
    if (text.has(0, blank)) return blank.size();
  }
  for (const std::string_view blank : {"\u2060", "\ufeff"}) {
    if (text.has(0, blank)) return blank.size();
  }
  return 0;
}

class Scanner {
 public:
  Scanner(Outlook& text, const Surroundings& here, const Settings& settings)
      : text_(text), here_(here), then_(here), settings_(settings) {
    then_.scanned = 0;
  }

  Around answer() {
    if (here_.inside == Inside::prose || here_.inside == Inside::rest) return prose();
    if (here_.inside != Inside::nothing) return inside();
    const std::size_t blanks =
        std::min(text_.window().find_first_not_of(json_blanks), text_.size());
    if (blanks > 0) return give(Answer::blank, blanks);
    if (!text_.has(0)) return give(Answer::end, 0);
    return head();
  }

  /// Up to where nothing was found, for a `more`.
  [[nodiscard]] std::size_t scanned() const { return scanned_; }

 private:
  [[nodiscard]] bool log() const {
    return settings_.profile == Profile::log && settings_.extract != Extract::none;
  }
  [[nodiscard]] Suspicion suspicion() const { return log() ? Suspicion::log : Suspicion::usual; }
  /// Whether only what fences hold counts here.
  [[nodiscard]] bool between_fences() const {
    return here_.any_fence && here_.fence == 0 &&
           (settings_.extract == Extract::automatic || settings_.extract == Extract::first);
  }

  Around give(Answer answer, std::size_t size) {
    return {.answer = answer, .size = size, .then = then_};
  }
  Around drop(std::size_t size, Kind kind) { return drop(size, kind, facts_of(kind).confidence); }
  Around drop(std::size_t size, Kind kind, Confidence confidence) {
    return {Answer::drop, size, kind, confidence, then_};
  }

  Around document() {
    const char c = text_.at(0);
    then_.any_document = true;
    if (c == '{' || c == '[' || c == '(') then_.any_container = true;
    return give(Answer::document, 0);
  }

  Around head() {
    if (settings_.extract == Extract::first && here_.any_document) {
      then_.inside = Inside::rest;
      return prose();
    }
    if (const std::size_t blank = odd_blank_size(text_); blank > 0) {
      return drop(blank, text_.has(0, "\ufeff") ? Kind::encoding : Kind::blank);
    }
    if (log()) {
      const bool found = bracket_at(0) && container_starts(text_, 0, Suspicion::log);
      return found ? document() : prose();
    }
    if (const std::size_t size = guard(); size > 0) return drop(size, Kind::prefix);
    if (const auto around = closing()) return *around;
    if (settings_.extract != Extract::none) {
      if (const auto around = fence()) return *around;
      if (between_fences()) return prose();
    }
    if (bracket_at(0) && !label_at(text_, 0)) return document();
    if (const auto around = separator()) return *around;
    if (const auto around = comment()) return *around;
    if (settings_.extract == Extract::none) return document();
    if (const auto around = announcement()) return *around;
    if (value_starts(text_, 0) && !remark()) return document();
    return prose();
  }

  /// The size of a guard before the first document. No model writes one: an empty object that
  /// comes live is not kept back to see whether it is one.
  std::size_t guard() {
    const bool first = !here_.any_document && !settings_.live;
    return first && settings_.extract != Extract::none ? guard_at(text_, 0) : 0;
  }

  /// Whether what is no container here is a remark on the one before it.
  [[nodiscard]] bool remark() const {
    return settings_.profile == Profile::llm && here_.any_container;
  }

  bool bracket_at(std::size_t i) { return text_.at(i) == '{' || text_.at(i) == '['; }

  /// What was opened before the document by an assignment or before a fence.
  std::optional<Around> closing() {
    const char c = text_.at(0);
    if (here_.quote != 0 && c == here_.quote) {
      const std::size_t size =
          text_.has(0, std::string(here_.quotes, c)) ? here_.quotes : std::size_t{1};
      then_.quote = 0;
      return drop(size, c == '`' && !here_.assigned ? Kind::fence : Kind::prefix);
    }
    if (here_.bracket != 0 && c == (here_.bracket == '{' ? '}' : ']')) {
      then_.bracket = 0;
      return drop(1, Kind::fence);
    }
    return std::nullopt;
  }

  std::optional<Around> fence() {
    const auto found = fence_at(text_, 0);
    if (!found || (found->bracket != 0 && (here_.fence != 0 || !found->document)))
      return std::nullopt;
    if (here_.fence != 0 && found->mark != here_.fence) return std::nullopt;
    if (here_.fence != 0 && !(found->language && found->document)) {
      then_.fence = 0;
      return drop(found->marks, Kind::fence);
    }
    if (!found->document && found->language) return code(*found);
    if (!found->document && here_.any_document) return drop(found->marks, Kind::fence);
    then_.fence = found->mark;
    then_.any_fence = true;
    if (found->bracket != 0) then_.bracket = found->bracket;
    return drop(found->size, Kind::fence);
  }

  /// A block in another language: its marks are dropped as what they stand around.
  Around code(const Fence& fence) {
    then_.inside = Inside::code;
    then_.fence = fence.mark;
    return drop(fence.size, Kind::prose);
  }

  std::optional<Around> separator() {
    switch (text_.at(0)) {
      case ',': return drop(1, comma());
      case ';':
        then_.assigned = false;
        return drop(1, here_.assigned ? Kind::prefix : Kind::separator);
      case '\x1e': return drop(1, Kind::sequence);  // RFC 7464
      case ']':
      case '}':
      case ')': return drop(1, Kind::extra_closer);
      default: return std::nullopt;
    }
  }

  Kind comma() {
    if (!here_.any_document) return Kind::extra_comma;
    std::size_t i = text_.skip(1, json_blanks);
    for (;;) {
      std::size_t end = i;
      if (text_.has(i, "//") || text_.at(i) == '#') end = text_.find(i, "\n");
      if (text_.has(i, "/*")) end = text_.find(i + 2, "*/");
      if (end == i) break;
      i = text_.skip(std::min(end, text_.size()) + (text_.has(end, "*/") ? 2 : 0), json_blanks);
    }
    if (!text_.has(i)) return text_.last() ? Kind::trailing_comma : Kind::sequence;
    return text_.at(i) == ','    ? Kind::extra_comma
           : text_.has(i, "```") ? Kind::trailing_comma
                                 : Kind::sequence;
  }

  std::optional<Around> comment() {
    if (text_.at(0) == '#' || text_.has(0, "//")) return begin(Inside::line_comment, 1);
    if (text_.has(0, "/*")) return begin(Inside::block_comment, 2);
    if (text_.has(0, "<!--")) return begin(Inside::markup, 4);
    return std::nullopt;
  }

  /// Tags, reasoning, assignments and the like.
  std::optional<Around> announcement() {
    if (const std::uint8_t number = reasoning_at(text_, 0); number > 0) {
      const std::size_t size = reasoning_start(number).size();
      // Never closed: what follows the tag is read as any text.
      if (text_.find(std::max(size, here_.scanned), reasoning_end(number)) ==
              std::string_view::npos &&
          text_.last()) {
        return drop(size, Kind::prefix);
      }
      then_.reasoning = number;
      return begin(Inside::reasoning, size);
    }
    if (const std::size_t tag = tag_at(text_, 0); tag > 0) return drop(tag, Kind::prefix);
    if (settings_.profile == Profile::llm && text_.at(0) == '`' && bracket_at(1)) {
      then_.quote = '`';
      then_.quotes = 1;
      return drop(1, Kind::fence);
    }
    const auto prefix = prefix_at(text_, 0);
    if (!prefix) return std::nullopt;
    then_.quote = prefix->quote;
    then_.quotes = prefix->quotes;
    then_.assigned = prefix->assigned;
    return drop(prefix->size, Kind::prefix);
  }

  Around begin(Inside inside, std::size_t opening) {
    then_.inside = inside;
    return until_ending(opening);
  }
  Around inside() { return until_ending(0); }

  /// Drops up to the ending, or as much as is there.
  Around until_ending(std::size_t from) {
    const Ending ending = ending_of(then_);
    const std::size_t found = text_.find(std::max(from, here_.scanned), ending.mark);
    if (found != std::string_view::npos) {
      if (then_.inside == Inside::code) then_.fence = 0;
      then_.inside = Inside::nothing;
      return drop(found + (ending.dropped ? ending.mark.size() : 0), ending.kind,
                  ending.confidence);
    }
    if (text_.last()) {
      return text_.size() > 0 ? drop(text_.size(), ending.kind, ending.confidence)
                              : give(Answer::end, 0);
    }
    const std::size_t overlap = ending.mark.size() - 1;
    const std::size_t size = text_.size() - std::min(text_.size(), overlap);
    scanned_ = std::max(from, size);
    return drop(size, ending.kind, ending.confidence);
  }

  /// Drops up to where a document may start, or as much as is there.
  Around prose() {
    const bool begun = here_.inside != Inside::nothing;
    const std::size_t found = find_document(std::max<std::size_t>(here_.scanned, begun ? 0 : 1));
    if (found == 0) {
      then_.inside = Inside::nothing;
      return text_.has(0) ? head_of_prose() : give(Answer::end, 0);
    }
    if (found == text_.size() && text_.last() && !begun && scalars_count()) return scalar();
    const bool ends = found < text_.size() || text_.last();
    if (then_.inside != Inside::rest) then_.inside = ends ? Inside::nothing : Inside::prose;
    return drop_text(found, likely);
  }

  /// The document that ends prose which had been dropped in pieces.
  Around head_of_prose() {
    Surroundings here = here_;
    here.inside = Inside::nothing;
    here.scanned = 0;
    return Scanner(text_, here, settings_).answer();
  }

  [[nodiscard]] bool scalars_count() const {
    return !log() && !here_.any_container && !here_.any_fence &&
           (settings_.extract != Extract::first || !here_.any_document);
  }

  /// A text without a container or fence: a scalar; but `foo [` may be more.
  Around scalar() {
    const std::size_t bracket = text_.window().find_first_of("{[");
    if (bracket == std::string_view::npos && refusal()) return drop_text(text_.size(), likely);
    if (bracket == std::string_view::npos || bracket == 0 || here_.any_document) return document();
    return drop_text(bracket, guess);
  }

  /// Whether a model answered in words alone: "I am sorry, I cannot do that."
  [[nodiscard]] bool refusal() const {
    if (settings_.profile != Profile::llm || here_.any_document) return false;
    const std::string_view text = text_.window();
    const std::size_t word = std::min(text.find_first_of(json_blanks), text.size());
    const bool call = text.substr(0, word).contains('(');
    return !call && text.find_first_not_of(json_blanks, word) != std::string_view::npos;
  }

  /// Blanks at the end of what is dropped stay.
  Around drop_text(std::size_t size, Confidence confidence) {
    if (size == text_.size() && !text_.last()) {
      // A character that the window cuts is left to the next.
      while (size > 1 && (static_cast<unsigned char>(text_.at(size - 1)) & 0xc0U) == 0x80) --size;
      if (size > 1 && static_cast<unsigned char>(text_.at(size - 1)) >= 0xc0) --size;
    }
    std::size_t end = size;
    while (end > 0 && json_blanks.contains(text_.at(end - 1))) --end;
    if (end == 0) return give(Answer::blank, size);
    return drop(end, Kind::prose, confidence);
  }

  /// The first place from `i` on where a document, a fence or reasoning may start; the size of
  /// the text where there is none. A candidate that the window cuts ends the search.
  std::size_t find_document(std::size_t i) {
    for (; i < text_.size(); ++i) {
      scanned_ = i;
      if (may_start(i) || text_.short_of_text()) return i;
    }
    scanned_ = i;
    if (!text_.last()) static_cast<void>(text_.has(i));
    return text_.size();
  }

  bool may_start(std::size_t i) {
    if (then_.inside == Inside::rest) return false;
    switch (text_.window()[i]) {
      case '{':
      case '[': return !between_fences() && container_starts(text_, i, suspicion());
      case '`': return !log() && text_.has(i, "```") && here_.fence != '~';
      case '~': return !log() && text_.has(i, "~~~") && here_.fence != '`';
      case '<': return !log() && !between_fences() && reasoning_at(text_, i) > 0;
      default: return false;
    }
  }

  Outlook& text_;
  const Surroundings& here_;
  Surroundings then_;
  const Settings& settings_;
  std::size_t scanned_ = 0;
};

}  // namespace

Around look_around(std::string_view window, bool last, const Surroundings& here,
                   const Settings& settings) {
  const bool full = window.size() > most_look_ahead;
  Outlook text(window.substr(0, most_look_ahead), last && !full);
  Scanner scanner(text, here, settings);
  Around next = scanner.answer();
  if (!text.short_of_text() || full) return next;
  next = {.answer = Answer::more, .then = here};
  next.then.scanned = std::max(here.scanned, scanner.scanned());
  return next;
}

}  // namespace gird::json
