// Writing JSON, key by key, in the order it is written.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/duration.hpp"
#include "base/time.hpp"

namespace gird {

/// `text` as a JSON string with its quotes; invalid UTF-8 becomes U+FFFD. Source: RFC 8259.
std::string json_quoted(std::string_view text);

/// `value` as a JSON number: no exponent for whole numbers below 2^53, `null` for NaN.
std::string json_number(double value);

/// Grows one JSON object on one line. Keys come out in the order of the calls and are not checked
/// for repetition. A Duration is written in seconds, a Time as RFC 3339, an empty optional not at
/// all.
class JsonObject {
 public:
  JsonObject& raw(std::string_view key, std::string_view json);

  JsonObject& add(std::string_view key, std::string_view text) {
    return raw(key, json_quoted(text));
  }
  JsonObject& add(std::string_view key, const char* text) { return raw(key, json_quoted(text)); }
  template <std::integral Number>
  JsonObject& add(std::string_view key, Number value) {
    if constexpr (std::same_as<Number, bool>) {
      return raw(key, value ? "true" : "false");
    } else {
      return raw(key, std::to_string(value));
    }
  }
  JsonObject& add(std::string_view key, double value) { return raw(key, json_number(value)); }
  JsonObject& add(std::string_view key, Duration span);
  JsonObject& add(std::string_view key, Time time) { return add(key, to_text(time)); }
  JsonObject& add(std::string_view key, std::span<const std::string> words);
  /// Text that may hold any bytes: invalid UTF-8 is replaced, and KEY_b64 then has them all.
  JsonObject& bytes(std::string_view key, std::string_view text);
  template <class Value>
  JsonObject& add(std::string_view key, const std::optional<Value>& value) {
    return value ? add(key, *value) : *this;
  }

  /// The object, closed.
  [[nodiscard]] std::string text() const { return body_ + "}"; }

 private:
  std::string body_ = "{";
};

/// "[a,b]" of values that are JSON already.
std::string json_array(std::span<const std::string> values);

/// RFC 4648 with padding.
std::string base64(std::string_view bytes);

/// `json`, which must be valid and on one line, broken over lines and indented by two.
std::string pretty_json(std::string_view json);

}  // namespace gird
