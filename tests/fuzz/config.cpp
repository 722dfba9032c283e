// Configuration files: any bytes are read or refused with a place, and what is read can be filled
// in or is refused with its source.
#include "cli/config.hpp"

#include "target.hpp"
#include "unit/cli/sample.hpp"

using namespace gird;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const cli::ConfigFile file{"gird.toml", std::string(fuzz::text_of(data, size))};
  const cli::Form form = cli::form_of(cli::sample::wrapper);
  const auto found =
      cli::from_config(file, cli::sample::wrapper, form.rows, "slow", cli::sample::catalogue);
  const auto mistakes = cli::config_mistakes(file, cli::sample::catalogue);
  if (!found) {
    fuzz::hold(found.error().what.starts_with("gird.toml:"), "an error has its place");
    fuzz::hold(!mistakes.empty(), "what is refused is a mistake");
    return 0;
  }
  std::vector<cli::Setting> settings = found->of_profile;
  settings.insert(settings.end(), found->plain.begin(), found->plain.end());
  for (const cli::Setting& setting : settings) {
    fuzz::hold(setting.origin.starts_with("gird.toml:"), "a setting has its place");
  }
  const auto filled = cli::fill(form.rows, {}, settings);
  if (!filled) fuzz::hold(!mistakes.empty(), "what cannot be filled in is a mistake");
  return 0;
}
