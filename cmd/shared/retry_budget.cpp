// Budgets of retries: how they are written, and one process's part in one.
#include "shared/retry_budget.hpp"

#include <algorithm>

namespace gird {
namespace {

std::string times(std::int64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::unexpected<Error> wrong(std::string_view text, std::string why) {
  return misuse("value-budget", "'" + std::string(text.substr(0, 80)) + "'", std::move(why),
                {"write NAME, NAME:20% or NAME:20%:5/s"});
}

/// "0" and "0/s" are no floor.
Result<std::optional<Rate>> floor_from(std::string_view text) {
  if (text == "0") return std::nullopt;
  const bool none = text.starts_with("0/");
  Rate rate;
  TRY(from_text(none ? "1" + std::string(text.substr(1)) : std::string(text), rate));
  return none ? std::nullopt : std::optional(rate);
}

}  // namespace

Result<void> from_text(std::string_view text, BudgetChoice& choice) {
  BudgetChoice read;
  const std::size_t colon = text.find(':');
  TRY(from_text(text.substr(0, colon), read.name));
  if (colon != text.npos) {
    const std::string_view rest = text.substr(colon + 1);
    const std::size_t second = rest.find(':');
    if (rest.empty()) return wrong(text, "nothing after the colon");
    TRY(from_text(rest.substr(0, second), read.ratio));
    if (second != rest.npos) read.floor = TRY(floor_from(rest.substr(second + 1)));
  }
  if (read.ratio.part == 0 && !read.floor) return wrong(text, "allows no retry at all");
  choice = std::move(read);
  return {};
}

std::string to_text(const BudgetChoice& choice) {
  if (choice.name.text.empty()) return {};
  return choice.name.text + ":" + to_text(choice.ratio) + ":" +
         (choice.floor ? to_text(*choice.floor) : "0");
}

policy::Budget::Config config_of(const BudgetChoice& choice) {
  policy::Budget::Config config;
  config.ratio = choice.ratio.part;
  config.floor_per_second = 0;
  if (!choice.floor) return config;
  const policy::Micros period = policy::micros(choice.floor->period);
  config.floor_per_second =
      static_cast<double>(choice.floor->count) * 1e6 / static_cast<double>(period);
  config.period = std::max(config.period, period);
  return config;
}

std::string in_words(const BudgetChoice& choice) {
  const std::string period = to_text(policy::duration(config_of(choice).period));
  const std::string floor = choice.floor ? ", and " + to_text(*choice.floor) + " besides" : "";
  return choice.name.text + ": " + to_text(choice.ratio) + " of the calls in " + period + floor;
}

Result<RetryBudget> RetryBudget::open(const BudgetChoice& choice, std::string_view store,
                                      World& world) {
  return RetryBudget(choice.name.text, config_of(choice), TRY(store::open(store, world)));
}

Result<void> RetryBudget::ask(policy::Budget::Ask::What what) {
  store::Hold hold;
  answer_ = TRY(store_->step<policy::Budget>(name_, &config_, {what}, hold));
  return {};
}

Result<void> RetryBudget::call() { return ask(policy::Budget::Ask::What::call); }

Result<bool> RetryBudget::retry() {
  TRY(ask(policy::Budget::Ask::What::retry));
  return answer_.allowed;
}

std::string RetryBudget::usage() const {
  return times(answer_.retries, "retry", "retries") + " for " +
         times(answer_.calls, "call", "calls") + " in " + to_text(policy::duration(config_.period));
}

}  // namespace gird
