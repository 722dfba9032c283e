// The output as the input with edits.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "json/ahead.hpp"
#include "json/repairer.hpp"

namespace gird::json {

/// Stands at a place in a window of the input. What is passed goes to the sink as it is, in ranges
/// as large as they come; what is replaced is told first. After a refusal nothing is given any
/// more.
class Editor {
 public:
  Editor(const Settings& settings, Sink& sink) : settings_(settings), sink_(sink) {}

  /// The window is now `text`, whose first byte is the one at the place; `last`: the input ends
  /// with it.
  void show(std::string_view text, bool last);
  /// Gives all that was passed, and says how many bytes of the window are done with.
  std::size_t settle();

  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] bool last() const { return last_; }
  [[nodiscard]] bool at_end() const { return last_ && at_ == text_.size(); }
  [[nodiscard]] Ahead ahead() const { return {rest(), last_}; }
  /// In the input.
  [[nodiscard]] std::uint64_t offset() const { return base_ + at_; }

  void pass(std::size_t size) { at_ += size; }
  void replace(Kind kind, Confidence confidence, std::size_t size, std::string_view with);
  void insert(Kind kind, Confidence confidence, std::string_view what) {
    replace(kind, confidence, 0, what);
  }
  /// One insertion of `size` bytes, which `next` gives in pieces: more than `Repair::most_text` at
  /// first, or all.
  void insert(Kind kind, Confidence confidence, std::size_t size,
              const std::function<std::string()>& next);
  void remove(Kind kind, Confidence confidence, std::size_t size) {
    replace(kind, confidence, size, {});
  }
  /// One removal in pieces: the same repair goes on until `finish_removal`.
  void remove_piece(Kind kind, Confidence confidence, std::size_t size);
  void finish_removal();
  /// Where the removal begins that goes on.
  [[nodiscard]] std::optional<std::uint64_t> open_removal() const {
    return removal_ ? std::optional(removal_->offset) : std::nullopt;
  }

  /// From here on nothing is given and no edit is told, until `keep` tells all of it as one
  /// removal. Blanks alone stay.
  void drop();
  void keep();

  /// A value at `depth` is complete: everything up to here is given.
  void completed(std::size_t depth);
  void begins();
  void several();

  void refuse(Refusal::Why why, std::string what, std::optional<Kind> kind = {});
  [[nodiscard]] const std::optional<Refusal>& refusal() const { return refusal_; }

 private:
  void give();
  bool allowed(const Repair& repair);
  void tell(Repair& repair, std::string_view with, std::size_t inserted);
  void put(std::string_view text);
  void take_away(std::string_view text);
  void drop_given(std::string_view text);

  Settings settings_;
  Sink& sink_;
  std::string_view text_;
  bool last_ = false;
  std::uint64_t base_ = 0;  ///< where in the input the window begins
  std::size_t at_ = 0;
  std::size_t given_ = 0;  ///< up to here the sink has it
  std::uint64_t output_ = 0;
  std::size_t repairs_ = 0;
  std::optional<Repair> removal_;
  bool dropping_ = false;
  bool feed_waits_ = false;  ///< a line feed that may be the last byte
  std::optional<Refusal> refusal_;
};

}  // namespace gird::json
