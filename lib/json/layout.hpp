// How the blanks between the tokens are laid out.
#pragma once

#include <string>

#include "json/scan.hpp"
#include "json/stage.hpp"

namespace gird::json {

/// What becomes of the blanks. `keep` needs no stage: the text is as it was.
enum class Layout : std::uint8_t { keep, compact, pretty };

/// One document a line, each line with its line feed, and no blanks in it. Strings and numbers are
/// given byte for byte.
class Compact final : public Stage {
 public:
  using Stage::Stage;

  void text(std::string_view bytes) override;
  void completed(std::size_t depth) override;
  Result<void> finish() override;

 private:
  void end_scalar();
  std::size_t end_document(std::string_view bytes, std::size_t from, std::size_t to);

  std::size_t depth_ = 0;
  bool in_string_ = false;
  bool scalar_ = false;  ///< in or behind a number or a word at the top
  StringWalk string_;
};

/// A line for each member and element, indented by one `step` a level; a blank behind each colon;
/// empty containers as {} and []; each document with a line feed behind it. This is what `jq
/// --indent N` and JSON.stringify write. Strings and numbers are given byte for byte. A text of n
/// bytes that is nested d deep may become n * d bytes.
class Pretty final : public Stage {
 public:
  /// `step` is blanks: two spaces, a tab; an empty one breaks the lines without indenting them.
  Pretty(Sink& next, std::string step);

  void text(std::string_view bytes) override;
  void completed(std::size_t depth) override;
  Result<void> finish() override;

 private:
  void end_scalar();
  void open(char bracket);
  void close(char bracket);
  void before_value();
  void break_line();
  std::size_t give_string(std::string_view bytes, std::size_t from, std::size_t inside);
  std::size_t token(std::string_view bytes, std::size_t at);

  std::string step_;
  std::string line_;  ///< a line feed and the indentation of some levels, as far as they were met
  std::size_t depth_ = 0;
  bool fresh_ = false;  ///< behind an opening bracket
  bool in_string_ = false;
  bool scalar_ = false;
  StringWalk string_;
};

}  // namespace gird::json
