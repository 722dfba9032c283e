// Lines, each of them a document that a schema is to accept.
#pragma once

#include <expected>
#include <string_view>

#include "json/lines.hpp"
#include "json/schema.hpp"
#include "shared/repair_run.hpp"

namespace gird {

/// Takes lines, and what is wrong with one that ends it all.
class FittedLineSink : public json::LineSink {
 public:
  virtual void violated(const json::Violation& violation) = 0;
};

/// As json::repair_lines, by a schema: a line that it does not accept, coerced or not, is a bad
/// line. One that may not be rejected ends everything: its violations are told, nothing after them.
std::expected<void, json::Refusal> repair_lines_to_schema(std::string_view lines,
                                                          const RepairTask& task,
                                                          json::Unrepairable unrepairable,
                                                          FittedLineSink& sink);

}  // namespace gird
