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

  /// The text to be written, or why there is none.
  [[nodiscard]] std::expected<std::string, std::string> through(std::string_view record) const;

 private:
  using Text = std::expected<std::string, std::string>;
  [[nodiscard]] Text accepted(std::string text) const;
  [[nodiscard]] Text encoded(std::string text) const;
  [[nodiscard]] Text decoded(std::string text) const;

  Plan plan_;
};

}  // namespace gird
