// A cheap look that tells most texts from those that may hold SQL.
#pragma once

#include <string_view>

namespace gird::detect::sql {

/// Whether `text` has to be read token by token: it holds a word that no sign goes without, a
/// function of SQL before a parenthesis, an operator behind a quote or behind AND, or it begins in
/// the middle of a statement. One pass; nearly all lines of logs and prose end here.
bool may_hold_sql(std::string_view text);

}  // namespace gird::detect::sql
