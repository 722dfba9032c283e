#include "text/pattern_literals.hpp"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <string>
#include <vector>

namespace gird::text {
namespace {

std::string folded(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace

bool needs_one_of(std::string_view pattern, std::span<const std::string_view> literals) {
  re2::RE2::Options options(re2::RE2::Latin1);
  options.set_log_errors(false);
  re2::FilteredRE2 filter(3);
  int id = 0;
  if (filter.Add({pattern.data(), pattern.size()}, options, &id) != re2::RE2::NoError) return false;
  std::vector<std::string> atoms;
  filter.Compile(&atoms);
  if (atoms.empty()) return false;
  // A text without any of the literals has no atom that holds one. Were the pattern possible still
  // with all the other atoms, it could be found in such a text.
  std::vector<int> others;
  for (std::size_t at = 0; at < atoms.size(); ++at) {
    const auto within = [&](std::string_view literal) {
      return atoms[at].contains(folded(literal));
    };
    if (std::ranges::none_of(literals, within)) others.push_back(static_cast<int>(at));
  }
  std::vector<int> possible;
  filter.AllPotentials(others, &possible);
  return possible.empty();
}

}  // namespace gird::text
