// What is to be done to the values of a document, turned into edits of its text.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/edited_text.hpp"
#include "json/tape.hpp"

namespace gird::json {

/// One round's changes. The first thing said of a value counts; what lies inside a value that is
/// replaced or dropped is left alone.
class CoercePlan {
 public:
  explicit CoercePlan(const Tape& tape) : tape_(tape) {}

  [[nodiscard]] bool empty() const {
    return replaced_.empty() && added_.empty() && dropped_.empty();
  }
  /// `text` instead of the value at `token`.
  void replace(std::uint32_t token, std::string text, Confidence confidence);
  /// These edits, whose offsets are the text's, inside the value at `token`.
  void change(std::uint32_t token, std::vector<Edit> edits);
  /// A member more in the object at `token`.
  void add(std::uint32_t object, std::string_view key, std::string value, Confidence confidence);
  /// The item or, by its key, the member at `token` goes.
  void drop(std::uint32_t token, Kind kind, Confidence confidence);

  /// The array or object that the token, which must not be the first, stands in.
  [[nodiscard]] std::uint32_t container_of(std::uint32_t token);

  /// In the order of their offsets; none overlap.
  [[nodiscard]] std::vector<Edit> edits();

 private:
  struct Member {
    std::string value;
    Confidence confidence;
  };
  struct Drop {
    Kind kind;
    Confidence confidence;
  };
  void drop_from(std::size_t container, std::vector<Edit>& out) const;
  void add_to(std::size_t object, std::vector<Edit>& out) const;

  const Tape& tape_;
  std::map<std::uint32_t, std::vector<Edit>> replaced_;
  std::map<std::uint32_t, std::vector<std::pair<std::string, Member>>> added_;
  std::map<std::uint32_t, Drop> dropped_;
  std::vector<std::uint32_t> containers_;  ///< of each token, once it was asked for
};

}  // namespace gird::json
