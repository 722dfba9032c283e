// Queries of document stores that were put where a value was expected.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of operators of MongoDB as keys (`{"$ne": 1}`, `a[$ne]=1`, `, $where: ...`), of JavaScript
/// that runs in the database behind a quote (`' && this.a.match(...)`), and of loops that wait.
/// A `$` before another word, as in shells and schemas, is none.
/// Source: MongoDB manual, "Query and Projection Operators", "Aggregation Stages".
void nosql_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
