// How the type of a field says what may be typed for it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/choice.hpp"
#include "base/duration.hpp"
#include "base/nearest.hpp"
#include "base/number.hpp"

namespace gird::cli {

/// A word that may stand for a value, with its explanation, for completions and manuals.
struct Word {
  std::string_view name;
  std::string_view help;
};

/// How often a row may be mentioned and whether it takes a value.
enum class Arity { flag, one, many };

/// The operations on one type of field; the form holds a pointer to the field beside it.
struct ValueType {
  std::string_view name;  ///< "duration", "integer", "choice", ...: for `gird help --json`
  Arity arity;
  Result<void> (*set)(void* field, std::string_view text);  ///< `many`: appends
  void (*clear)(void* field);                               ///< `many`: forgets what was appended
  std::string (*show)(const void* field);                   ///< as it would be typed; empty: none
  std::vector<Word> (*words)();                             ///< all values of a choice, or some
};

/// What a type must offer to be a field. Types of other layers offer free functions found by
/// argument-dependent lookup: `Result<void> from_text(std::string_view, T&)`,
/// `std::string to_text(const T&)`, and, for completions, `vector<pair> words_of(const T*)`; an
/// enumeration offers only `std::span<const Choice<T>> choices(T)`.
template <class T>
struct Field {
  static constexpr std::string_view name = "text";
  static Result<void> set(T& field, std::string_view text) { return from_text(text, field); }
  static std::string show(const T& field) { return to_text(field); }
  static std::vector<Word> words() {
    std::vector<Word> all;
    if constexpr (requires { words_of(static_cast<const T*>(nullptr)); }) {
      for (const auto& [word, help] : words_of(static_cast<const T*>(nullptr))) {
        all.push_back({word, help});
      }
    }
    return all;
  }
};

template <class T>
  requires std::is_enum_v<T>
struct Field<T> {
  static constexpr std::string_view name = "choice";
  static Result<void> set(T& field, std::string_view text) {
    std::vector<std::string_view> names;
    std::string list;
    for (const Choice<T>& choice : choices(T{})) {
      if (choice.name == text) {
        field = choice.value;
        return {};
      }
      names.push_back(choice.name);
      list += (list.empty() ? "" : ", ") + std::string(choice.name);
    }
    return misuse("value-choice", "'" + std::string(text) + "'", "must be one of " + list,
                  did_you_mean(nearest(text, names)));
  }
  static std::string show(const T& field) {
    for (const Choice<T>& choice : choices(T{})) {
      if (choice.value == field) return std::string(choice.name);
    }
    return {};
  }
  static std::vector<Word> words() {
    std::vector<Word> all;
    for (const Choice<T>& choice : choices(T{})) all.push_back({choice.name, choice.help});
    return all;
  }
};

template <>
struct Field<std::string> {
  static constexpr std::string_view name = "text";
  static Result<void> set(std::string& field, std::string_view text) {
    field = text;
    return {};
  }
  static std::string show(const std::string& field) { return field; }
  static std::vector<Word> words() { return {}; }
};

template <>
struct Field<bool> {
  static constexpr std::string_view name = "flag";
  static Result<void> set(bool& field, std::string_view text);
  static std::string show(const bool& field) { return field ? "true" : ""; }
  static std::vector<Word> words() { return {}; }
};

/// A whole number from zero up.
template <>
struct Field<std::int64_t> {
  static constexpr std::string_view name = "integer";
  static Result<void> set(std::int64_t& field, std::string_view text) {
    const auto value = parse_integer(text, 0, std::numeric_limits<std::int64_t>::max());
    if (!value) return std::unexpected(value.error());
    field = *value;
    return {};
  }
  static std::string show(const std::int64_t& field) { return std::to_string(field); }
  static std::vector<Word> words() { return {}; }
};

template <>
struct Field<double> {
  static constexpr std::string_view name = "number";
  static Result<void> set(double& field, std::string_view text) {
    const auto value = parse_number(text);
    if (!value) return std::unexpected(value.error());
    field = *value;
    return {};
  }
  static std::string show(const double& field) { return to_text(field); }
  static std::vector<Word> words() { return {}; }
};

template <>
struct Field<Duration> {
  static constexpr std::string_view name = "duration";
  static Result<void> set(Duration& field, std::string_view text) {
    const auto value = parse_duration(text);
    if (!value) return std::unexpected(value.error());
    field = *value;
    return {};
  }
  static std::string show(const Duration& field) { return to_text(field); }
  static std::vector<Word> words() { return {}; }
};

template <>
struct Field<Timeout> {
  static constexpr std::string_view name = "duration";
  static Result<void> set(Timeout& field, std::string_view text) {
    const auto value = parse_timeout(text);
    if (!value) return std::unexpected(value.error());
    field = *value;
    return {};
  }
  static std::string show(const Timeout& field) { return to_text(field); }
  static std::vector<Word> words() { return {{"none", "no limit"}}; }
};

/// Unset until it is typed.
template <class T>
struct Field<std::optional<T>> {
  static constexpr std::string_view name = Field<T>::name;
  static Result<void> set(std::optional<T>& field, std::string_view text) {
    T value{};
    auto done = Field<T>::set(value, text);
    if (done) field = std::move(value);
    return done;
  }
  static std::string show(const std::optional<T>& field) {
    return field ? Field<T>::show(*field) : std::string();
  }
  static std::vector<Word> words() { return Field<T>::words(); }
};

/// Repeatable: each mention adds one.
template <class T>
struct Field<std::vector<T>> {
  static constexpr std::string_view name = Field<T>::name;
  static Result<void> set(std::vector<T>& field, std::string_view text) {
    T value{};
    auto done = Field<T>::set(value, text);
    if (done) field.push_back(std::move(value));
    return done;
  }
  static std::string show(const std::vector<T>& field) {
    std::string text;
    for (const T& value : field) text += (text.empty() ? "" : " ") + Field<T>::show(value);
    return text;
  }
  static std::vector<Word> words() { return Field<T>::words(); }
};

template <class T>
inline constexpr bool repeats = false;
template <class T>
inline constexpr bool repeats<std::vector<T>> = true;

template <class T>
inline constexpr ValueType value_type{
    .name = Field<T>::name,
    .arity = std::is_same_v<T, bool> ? Arity::flag
             : repeats<T>            ? Arity::many
                                     : Arity::one,
    .set = [](void* field,
              std::string_view text) { return Field<T>::set(*static_cast<T*>(field), text); },
    .clear = [](void* field) { *static_cast<T*>(field) = T{}; },
    .show = [](const void* field) { return Field<T>::show(*static_cast<const T*>(field)); },
    .words = Field<T>::words,
};

}  // namespace gird::cli
