// A text that is edited several times over, and what all edits together are.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/repair.hpp"

namespace gird::json {

struct Edit {
  std::uint64_t offset = 0;
  std::uint64_t removed = 0;
  std::string inserted;
  Kind kind = Kind::coercion;
  Confidence confidence = Confidence::likely;
};

class EditedText {
 public:
  explicit EditedText(std::string_view original);

  /// As it is now.
  [[nodiscard]] const std::string& text() const { return text_; }
  /// `edits` are in the order of their offsets in `text()` and do not overlap.
  void apply(std::span<const Edit> edits);
  /// Where in the original the byte at `offset` of `text()` stood; nothing for one that is new.
  [[nodiscard]] std::optional<std::uint64_t> original(std::uint64_t offset) const;
  /// What turns the original into `text()`: edits of what was edited before are one with that.
  [[nodiscard]] std::vector<Edit> edits() const;
  [[nodiscard]] std::vector<Repair> repairs() const;

 private:
  /// A run of bytes of the text, and the part of the original that it is or that it replaces.
  struct Piece {
    std::uint64_t at = 0;
    std::uint64_t length = 0;
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    bool kept = true;
    bool joined = false;  ///< one edit with the piece in front
    Kind kind = Kind::coercion;
    Confidence confidence = Confidence::likely;
  };
  class Builder;

  std::string_view original_;
  std::string text_;
  std::vector<Piece> pieces_;
};

}  // namespace gird::json
