// Looking commands up.
#include "cli/command.hpp"

#include <algorithm>

namespace gird::cli {

const Command* Catalogue::command(std::string_view name) const {
  for (const Command* known : commands) {
    if (known->name == name) return known;
  }
  return nullptr;
}

std::string_view Catalogue::page(std::string_view name) const {
  for (const Page& page : pages) {
    if (page.name == name) return page.text;
  }
  return {};
}

std::vector<std::string_view> Catalogue::names() const {
  std::vector<std::string_view> names;
  for (const Command* known : commands) names.push_back(known->name);
  return names;
}

Form form_of(const Command& command) {
  Form form;
  command.bind(form);
  form.common = std::make_unique<Common>();
  Common& common = *form.common;
  Rows rows{
      Row("Common options"),
      Row("-h", common.brief_help, "", "print a short help that fits one screen").only_typed(),
      Row("--help", common.help, "", "print the whole help").only_typed().common(),
      Row("-V,--version", common.version, "", "print the version").only_typed(),
  };
  // Tools serve gird itself and must work where its configuration does not.
  if (command.kind != Kind::tool) {
    const auto is_profile = [](const Row& row) {
      return !row.is_heading() && row.key() == "profile";
    };
    // A command with profiles of its own has that row already.
    if (std::ranges::none_of(form.rows, is_profile)) {
      rows.emplace_back("--profile", common.profile, "NAME",
                        "take defaults from this profile of the configuration");
    }
    rows.push_back(Row("--config", common.config, "FILE",
                       "read this configuration file alone; none reads no file")
                       .completes(Completes::file));
  }
  form.rows.insert(form.rows.end(), rows.begin(), rows.end());
  return form;
}

Exit exit_for(Kind kind, const Error& error) {
  if (kind == Kind::wrapper) return broken;
  switch (error.fault) {
    case Fault::usage: return misused;
    case Fault::input: return no;
    case Fault::system: return unable;
  }
  return unable;
}

}  // namespace gird::cli
