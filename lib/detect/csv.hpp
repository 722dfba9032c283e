// Cells that a spreadsheet runs instead of showing them.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of one cell or one line of cells: `csv/dde` (a formula that starts another program:
/// `=cmd|'/c calc'!A0`), `csv/reach` (one that calls a function which fetches or sends), `csv/call`
/// (another function of spreadsheets), `csv/cell` (one that refers to a cell). A cell is a formula
/// where it starts with `=`, `+`, `-` or `@`, behind a quote, a tab, a separator or a line end as
/// well. Numbers, phone numbers and lists of words are none.
/// Source: OWASP, CSV Injection.
void csv_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
