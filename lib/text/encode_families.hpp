// The families of contexts, each in a file of its own.
#pragma once

#include <span>

#include "text/encode.hpp"

namespace gird::text {

std::span<const Context> markup_contexts();
std::span<const Context> literal_contexts();
std::span<const Context> sql_contexts();
std::span<const Context> shell_contexts();
std::span<const Context> pattern_contexts();
std::span<const Context> query_contexts();
std::span<const Context> record_contexts();
std::span<const Context> name_contexts();
std::span<const Context> line_contexts();

}  // namespace gird::text
