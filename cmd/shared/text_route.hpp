// What becomes of a text on its way from a record to the output.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/context_choice.hpp"
#include "sys/beneath.hpp"
#include "text/requirements.hpp"

namespace gird {

/// Holds a text against what is required of it, makes it the path that it names, and writes it for
/// the places where it is to stand; or reads back what was written for them.
class TextRoute {
 public:
  struct Plan {
    text::Requirements required;
    std::optional<sys::Folder> folder;  ///< the text is a path below it
    std::vector<ContextChoice> to;
    bool decode = false;
    text::OnUnsafe on_unsafe = text::OnUnsafe::reject;
  };
  explicit TextRoute(Plan plan) : plan_(std::move(plan)) {}

  using Text = std::expected<std::string, std::string>;
  /// What a record says: the record, or with `decode` what was written. Or why that cannot be read.
  [[nodiscard]] Text text_of(std::string_view record) const;
  /// What is required and is not so.
  [[nodiscard]] std::optional<text::Breach> breach_of(std::string_view text) const {
    return text::breach_of(plan_.required, text);
  }
  /// The text to be written, or why there is none.
  [[nodiscard]] Text written(std::string text) const;

 private:
  Plan plan_;
};

}  // namespace gird
