// The words an enumeration is written with.
#pragma once

#include <string_view>

namespace gird {

/// One value of an enumeration as the command line, the files and the reports spell it.
template <class Value>
struct Choice {
  std::string_view name;
  Value value;
  std::string_view help;  ///< a few words for completions
};

}  // namespace gird
