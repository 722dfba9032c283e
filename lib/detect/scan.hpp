// What is hostile in a text.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/sign.hpp"
#include "rules/book.hpp"
#include "text/pattern.hpp"
#include "text/views.hpp"

namespace gird::detect {

/// A rule that speaks of a text.
struct Finding {
  std::size_t rule = 0;  ///< its number in the book
  Span raw;              ///< the bytes of the text
  Span view;             ///< the bytes of what it was read in: the text, or a view of it
  text::Steps steps;     ///< what had been taken off; nothing where it is the text itself
};

/// How attentive a scanner is.
struct Settings {
  rules::Sensitivity sensitivity = rules::Sensitivity::medium;
  struct OfClass {
    std::string class_name;
    rules::Sensitivity sensitivity;
  };
  std::vector<OfClass> of_class;  ///< instead of `sensitivity`, for rules of these classes
  /// Whether views are read although the text, or a view before, is convicted already.
  bool every = false;
};

/// Holds a book of rules against one text after another. Patterns are compiled when a text first
/// holds one of their literals, and kept.
class Scanner {
 public:
  Scanner(rules::Book book, Settings settings);

  /// What the rules say of `text` and of its views (text/views.hpp), by the place and then by the
  /// rule. A rule speaks once, where the fewest encodings had to be taken off. Takes any bytes, in
  /// time linear in their number. Valid until the next call.
  std::span<const Finding> scan(std::string_view text);

  [[nodiscard]] const rules::Book& book() const { return book_; }

 private:
  void look(std::string_view text);
  void look_into_views(std::string_view text);
  void look_for_signs(std::string_view text);
  void look_for_patterns(std::string_view text);
  [[nodiscard]] bool is_escaped(const Sign& sign) const;
  void add_sign(const Sign& sign);
  void add(std::size_t rule, Span where);
  [[nodiscard]] bool convicted() const;
  [[nodiscard]] bool speaks(std::size_t rule) const;
  [[nodiscard]] bool has(std::size_t rule) const;
  const text::Pattern* pattern(std::size_t n);

  rules::Book book_;
  Settings settings_;
  std::vector<std::optional<text::Pattern>> patterns_;
  std::vector<std::uint32_t> seen_;  ///< the patterns with a literal in the text
  std::vector<bool> is_seen_;
  std::string_view text_;
  text::Views views_;
  const text::View* view_ = nullptr;  ///< that is looked at; none is the text itself
  Signs signs_;
  std::vector<Finding> findings_;
};

}  // namespace gird::detect
