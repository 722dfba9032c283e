// Cells that a spreadsheet runs instead of showing them.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of one cell: `csv/call` (a formula that calls a function or refers to a cell) and
/// `csv/dde` (a formula that starts another program: `=cmd|'/c calc'!A0`). A cell is a formula
/// where it starts with `=`, `+`, `-` or `@`, behind a quote, a tab or a line end as well. Numbers,
/// phone numbers and lists of words are none.
/// Source: OWASP, CSV Injection.
void csv_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
