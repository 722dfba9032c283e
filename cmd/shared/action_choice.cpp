#include "shared/action_choice.hpp"

#include <algorithm>
#include <array>

#include "base/choice.hpp"
#include "base/nearest.hpp"

namespace gird {
namespace {

constexpr std::array<Choice<Action>, 4> actions{{
    {"check", Action::check, "judge all records, write none"},
    {"encode", Action::encode, "write each record for where it is to stand"},
    {"filter", Action::filter, "leave out what is not as it should be"},
    {"quarantine", Action::quarantine, "put that into a file: quarantine=FILE"},
}};

std::string_view name_of(Action action) {
  return std::ranges::find(actions, action, &Choice<Action>::value)->name;
}

}  // namespace

Result<void> from_text(std::string_view text, ActionChoice& choice) {
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  const auto found = std::ranges::find(actions, name, &Choice<Action>::name);
  const bool has_path = equals != std::string_view::npos && equals + 1 < text.size();
  if (found == actions.end()) {
    std::vector<std::string_view> names;
    for (const auto& action : actions) names.push_back(action.name);
    return misuse("value-choice", "'" + std::string(text) + "'",
                  "must be one of check, encode, filter, quarantine=FILE",
                  did_you_mean(nearest(name, names)));
  }
  if ((found->value == Action::quarantine) != has_path || (!has_path && equals != text.npos)) {
    return misuse("value-choice", "'" + std::string(text) + "'",
                  found->value == Action::quarantine ? "it needs a file" : "it takes no file",
                  {"--action quarantine=FILE"});
  }
  choice = {found->value, has_path ? std::string(text.substr(equals + 1)) : std::string()};
  return {};
}

std::string to_text(const ActionChoice& choice) {
  const std::string name(name_of(choice.action));
  return choice.path.empty() ? name : name + "=" + choice.path;
}

std::vector<std::pair<std::string_view, std::string_view>> words_of(const ActionChoice*) {
  std::vector<std::pair<std::string_view, std::string_view>> words;
  for (const auto& action : actions) words.emplace_back(action.name, action.help);
  return words;
}

}  // namespace gird
