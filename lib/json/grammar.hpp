// The grammar of JSON, read as far as it is one and mended where it is not.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "json/around.hpp"
#include "json/decisions.hpp"
#include "json/editor.hpp"
#include "json/gap.hpp"
#include "json/number_reader.hpp"
#include "json/place.hpp"
#include "json/string_end.hpp"

namespace gird::json {

/// Goes over the editor's window token by token. A step decides from what lies ahead alone (see
/// `Ahead`), does all of its edits, or none and asks for more input. No step goes back.
// The order of its parts is that of the story; there is one of it.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding)
class Grammar {
 public:
  Grammar(const Settings& settings, Editor& editor)
      : settings_(settings), decisions_(decisions_of(settings)), editor_(editor) {
    if (settings.only_document) editor_.drop();
  }

  /// As many steps as the window allows; all of them if it is the last.
  void run();
  /// The number of the longest document so far.
  [[nodiscard]] std::uint64_t largest() const { return largest_; }

 private:
  enum class Step : std::uint8_t { done, more };
  /// What goes on over several steps.
  enum class Mode : std::uint8_t { tokens, comment, string, word, digits, excess, rest };
  /// Blanks are escaped too in an escaped document: `{\n  \"a\": 1}`.
  static constexpr GapRules gap_rules{.escaped = true};

  // fast_run.cpp: valid input
  Step fast_run();
  void back_into_object(std::string_view inside, Expected before);
  [[nodiscard]] bool comma_may_follow(std::string_view text) const;

  // grammar.cpp: which step comes
  Step step();
  Step token();
  void pass_gap(const Ahead& ahead, std::size_t size);
  Step comment();
  Step rest();
  void value_done();

  // containers.cpp: brackets, commas, colons
  Step before_value(const Ahead& ahead, const Gap& gap);
  Step before_key(const Ahead& ahead, const Gap& gap);
  Step before_colon(const Ahead& ahead, const Gap& gap);
  Step after_value(const Ahead& ahead, const Gap& gap);
  Step inner_fence(const Ahead& ahead);
  Step open_value(const Ahead& ahead, int c);
  Step opener_as_key(const Ahead& ahead, const Gap& gap);
  Step missing_value(const Ahead& ahead, int c);
  Step missing_comma(const Ahead& ahead, const Gap& gap);
  Step semicolon(const Ahead& ahead, const Gap& gap);
  Step comma(const Ahead& ahead, const Gap& gap);
  Step closer(const Ahead& ahead, const Gap& gap, int c);
  Step cut_off();
  bool open(bool object);
  void close(Kind kind, Confidence confidence);
  void insert_closer(Kind kind, Confidence confidence);
  bool leaves_member(const Ahead& ahead, std::size_t at);
  int closing();
  [[nodiscard]] bool closes_outer(int c) const;
  [[nodiscard]] std::size_t array_goes_on(const Ahead& ahead, std::size_t at);
  void join_arrays(std::size_t size);
  [[nodiscard]] bool object_goes_on(const Ahead& ahead, std::size_t at) const;
  [[nodiscard]] bool key_in_array(const Ahead& ahead, std::size_t at) const;

  // parens.cpp: tuples, calls
  Step paren(const Ahead& ahead);
  Step call(const Ahead& ahead, std::size_t name);
  Step after_argument(const Ahead& ahead, const Gap& gap);
  void open_paren(Kind kind, std::size_t size, bool tuple);

  // valueless.cpp: members to drop
  struct Valueless {
    std::size_t end = 0;   ///< behind its key and colon
    std::size_t next = 0;  ///< where what follows stands
  };
  std::optional<std::size_t> behind_key(const Ahead& ahead, std::size_t at);
  bool opens_cut_key(const Ahead& ahead);
  std::optional<Valueless> valueless(const Ahead& ahead, std::size_t at);
  bool drop_member(const Ahead& ahead);
  bool drop_next_member(const Ahead& ahead, const Gap& gap, std::size_t at);

  // strings.cpp
  struct Opening {
    StringRules rules;
    std::size_t body = 0;  ///< where the first byte behind the quotes stands
  };
  Opening opening(const Ahead& ahead, std::size_t at, Role role);
  Step string(const Ahead& ahead, Role role);
  Step string_goes_on();
  Step write_string(const Ahead& ahead, std::size_t body, const StringEnd& end);
  [[nodiscard]] std::size_t text_end(const Ahead& ahead, std::size_t from,
                                     const StringEnd& end) const;
  Step write_rest(const Ahead& ahead, std::size_t from, const StringEnd& end);
  Step open_member();
  void close_string(const Ahead& ahead, const StringEnd& end, std::size_t quote);
  void string_done();
  bool whole_string(const Ahead& ahead, std::size_t body, const StringEnd& end);
  static bool colon_follows(const Ahead& ahead, std::size_t at);
  static std::size_t joins(const Ahead& ahead, const StringEnd& end);
  [[nodiscard]] Role role() const;

  // words.cpp
  Step word(const Ahead& ahead, Role role);
  Step word_goes_on();
  Step scalar(std::string_view text);
  Step not_a_number(std::string_view text);
  Step quoted_word(const Ahead& ahead, const Word& found, Role role);
  Step regular_expression(const Ahead& ahead);
  Step stray(const Ahead& ahead);
  Step digits();
  Step excess();
  static std::size_t lone_value(const Ahead& ahead, std::size_t at);
  static std::optional<std::size_t> key_behind_word(const Ahead& ahead, std::size_t end);
  static std::size_t leading_scalar(const Ahead& ahead, const Word& found, Role role);

  // documents.cpp
  /// What stands between two documents.
  struct Between {
    bool document = false;  ///< there is a second, and nothing but blanks and comments before it
    bool newline = false;
    std::optional<std::size_t> comma = {};  ///< where
  };
  Step around_documents();
  bool goes_on_plainly();
  [[nodiscard]] bool plain_surroundings() const;
  Step look_between();
  Step separating_comma();
  void separate(const Between& between);
  void begin_document();
  void document_done();
  void finish();

  /// A bracket that is not what JSON would have at that level.
  struct Odd {
    enum class What : std::uint8_t {
      tuple,   ///< an array in parentheses
      set,     ///< an array in braces
      member,  ///< an object without braces in an array: `["k": 1]`
      paren,   ///< parentheses around one value; no level of its own
    };
    What what = What::tuple;
    std::size_t depth = 0;  ///< of what is inside
  };
  /// The innermost odd bracket, if it is what directly encloses the place.
  const Odd* odd();
  void forget_closed();
  bool in_paren();
  bool in_parens();
  bool any_paren();

  Settings settings_;
  Decisions decisions_;
  Editor& editor_;
  Place place_;
  Mode mode_ = Mode::tokens;
  std::vector<Odd> odd_;
  std::size_t documents_ = 0;    ///< that are complete
  bool in_document_ = false;     ///< one has begun
  std::uint64_t began_ = 0;      ///< where, in the input
  std::uint64_t longest_ = 0;    ///< of those that are complete, in bytes of the input
  std::uint64_t largest_ = 0;    ///< its number
  Surroundings here_;            ///< of the documents
  bool looked_between_ = false;  ///< behind the last document
  bool separated_ = false;       ///< it is, from the next
  bool newline_ = false;         ///< a line ended behind it
  bool newline_between_ = false;
  std::optional<std::uint64_t> separator_at_;  ///< a comma between documents, in the input
  bool long_gap_ = false;                      ///< blanks too long to insert something before them
  bool behind_array_ = false;                  ///< the last value is one
  bool block_comment_ = false;                 ///< of the comment that goes on
  bool finished_ = false;
  std::size_t unclosed_ = 0;  ///< strings that no quote closes up to the end of the input
  StringRules string_;        ///< of the string that goes on
  NumberReader number_;       ///< of the digits that go on
};

}  // namespace gird::json
