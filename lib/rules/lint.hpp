// What makes a rule a good one.
#pragma once

#include <span>
#include <vector>

#include "rules/read.hpp"

namespace gird::rules {

/// What these files, taken together, do wrong: ids like "GS-CSV-0001", each once; a sign or a
/// pattern, not both; a sign in one rule alone; a pattern that RE2 takes and that is not found in a
/// text without one of its literals, each of 3 bytes at least (else every text would have to be
/// searched); examples of what it finds and of what it does not; no word left empty.
std::vector<Mistake> lint(std::span<const RuleFile> files);

}  // namespace gird::rules
