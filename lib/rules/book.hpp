// Rules in the form that is searched: one block of numbers, made when gird is built, or of files.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rules/rule.hpp"
#include "rules/screen.hpp"

namespace gird::rules {

/// A look at such a block, which outlives it. Nothing is read, allocated or relocated before it is
/// asked for: a program that has rules and does not use them pays nothing for them.
class Book {
 public:
  /// `numbers` as pack() made them.
  explicit Book(std::span<const std::uint32_t> numbers) : numbers_(numbers) {}

  /// The number of rules; they are counted from 0, in the order of their ids.
  [[nodiscard]] std::size_t size() const { return at(0); }
  [[nodiscard]] Rule rule(std::size_t n) const;

  /// Parts of a rule, without making all of it.
  [[nodiscard]] std::string_view id(std::size_t n) const;
  [[nodiscard]] std::string_view class_name(std::size_t n) const;
  [[nodiscard]] std::string_view pattern(std::size_t n) const;
  [[nodiscard]] Severity severity(std::size_t n) const;
  [[nodiscard]] Sensitivity sensitivity(std::size_t n) const;
  [[nodiscard]] double confidence(std::size_t n) const;

  [[nodiscard]] std::optional<std::size_t> with_id(std::string_view id) const;
  [[nodiscard]] std::optional<std::size_t> with_sign(std::string_view sign) const;

  /// The rules that have a pattern, in order.
  [[nodiscard]] std::span<const std::uint32_t> patterns() const;
  /// Which of patterns() (their places in it) a text may hold.
  [[nodiscard]] Screen screen() const;

 private:
  [[nodiscard]] std::uint32_t at(std::size_t n) const { return numbers_[n]; }
  [[nodiscard]] std::string_view text(std::size_t place) const;
  [[nodiscard]] std::vector<std::string_view> texts(std::size_t place) const;
  [[nodiscard]] std::size_t field(std::size_t rule, std::size_t n) const;

  std::span<const std::uint32_t> numbers_;
};

/// The block for `rules`, of which each has an id of its own, and a sign or a pattern with its
/// literals. The same rules give the same numbers.
std::vector<std::uint32_t> pack(std::span<const Rule> rules);

}  // namespace gird::rules
