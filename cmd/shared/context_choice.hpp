// The context that a text is written for, as an option's value.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "text/encode.hpp"

namespace gird {

/// A context, or `list`, which asks for the table of them.
struct ContextChoice {
  const text::Context* context = nullptr;  ///< null: `list`
};

/// Fault::usage, value-context.
Result<void> from_text(std::string_view text, ContextChoice& choice);
std::string to_text(const ContextChoice& choice);
std::vector<std::pair<std::string_view, std::string_view>> words_of(const ContextChoice*);

/// All contexts in a table, by group.
std::string contexts_as_text();

}  // namespace gird
