// A command's options as data: the one source of its parser, help, manual and completions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/value.hpp"

namespace gird::cli {

/// Where completions find words for a value that is no choice.
enum class Completes { nothing, file, directory, program };

/// One option or operand, bound to the field it fills.
/// `names` is "-n,--attempts", "--explain" or, for operands, "COMMAND..." (the last one may
/// repeat). The value the field holds when the row is made is the default that help shows.
class Row {
 public:
  template <class T>
  Row(std::string_view names, T& field, std::string_view placeholder, std::string_view help)
      : names_(names),
        placeholder_(placeholder),
        help_(help),
        field_(&field),
        type_(&value_type<T>) {}

  /// A heading; the rows below it stand in its group.
  explicit Row(std::string_view heading) : help_(heading) {}

  /// Shown by `-h` too, which fits one screen.
  Row& common() { return common_ = true, *this; }
  /// The default in words, where the field itself is empty: "10s", "stderr".
  Row& otherwise(std::string_view text) { return otherwise_ = text, *this; }
  Row& completes(Completes what) { return completes_ = what, *this; }
  /// Not to be had from the environment or a configuration file: it says what to do this once.
  Row& only_typed() { return only_typed_ = true, *this; }

  /// What it says when it is written without a value. A value is then always attached to the long
  /// name, as in --in-place=.bak, and never to the letter.
  Row& alone(std::string_view text) { return alone_ = text, has_alone_ = true, *this; }

  /// A value from the environment or a file gives way when one of these options (keys, parted by
  /// blanks) is typed: what is typed wins over a default that contradicts it.
  Row& yields_to(std::string_view keys) { return yields_to_ = keys, *this; }
  [[nodiscard]] bool yields_to_key(std::string_view key) const;
  /// Of use only together with the option `key`: typed without it, it is a mistake. From the
  /// environment or a file it may stand alone.
  Row& serves(std::string_view key) { return serves_ = key, *this; }
  /// That key, or nothing.
  [[nodiscard]] std::string_view serves() const { return serves_; }

  [[nodiscard]] bool is_heading() const { return type_ == nullptr; }
  [[nodiscard]] bool is_operand() const { return !is_heading() && !names_.starts_with('-'); }
  [[nodiscard]] bool is_flag() const { return type_ != nullptr && type_->arity == Arity::flag; }
  [[nodiscard]] bool stands_alone() const { return has_alone_; }
  [[nodiscard]] std::string_view alone() const { return alone_; }
  /// Whether a value may be the next word of the command line.
  [[nodiscard]] bool takes_next() const { return !is_flag() && !has_alone_; }
  [[nodiscard]] bool repeats() const { return type_ != nullptr && type_->arity == Arity::many; }
  [[nodiscard]] bool is_common() const { return common_; }
  [[nodiscard]] bool is_only_typed() const { return only_typed_; }

  /// "attempts": the long name without its dashes, which is the configuration key too.
  [[nodiscard]] std::string_view key() const;
  /// "--attempts" for an option, "COMMAND" for an operand.
  [[nodiscard]] std::string_view long_name() const;
  /// 'n', or '\0'.
  [[nodiscard]] char letter() const;
  [[nodiscard]] std::string_view placeholder() const { return placeholder_; }
  [[nodiscard]] std::string_view help() const { return help_; }
  [[nodiscard]] Completes completes() const { return completes_; }
  [[nodiscard]] std::string_view type_name() const { return type_->name; }
  [[nodiscard]] std::vector<Word> words() const { return type_->words(); }
  /// The value as it would be typed; before anything was filled in, the default.
  [[nodiscard]] std::string value() const;

  Result<void> set(std::string_view text) const { return type_->set(field_, text); }
  void clear() const { type_->clear(field_); }

 private:
  std::string_view names_;
  std::string_view placeholder_;
  std::string_view help_;
  std::string_view otherwise_;
  std::string_view yields_to_;
  std::string_view serves_;
  std::string_view alone_;
  void* field_ = nullptr;
  const ValueType* type_ = nullptr;
  Completes completes_ = Completes::nothing;
  bool has_alone_ = false;
  bool common_ = false;
  bool only_typed_ = false;
};

using Rows = std::vector<Row>;

/// Appends one group of rows to another.
Rows operator+(Rows rows, Rows more);

/// The variable that sets `key` of `command`: ("json-repair", "max-depth") is
/// "GIRD_JSON_REPAIR_MAX_DEPTH"; with an empty command "GIRD_MAX_DEPTH".
std::string variable(std::string_view command, std::string_view key);

}  // namespace gird::cli
