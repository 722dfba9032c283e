// --budget: retries that all processes make together stay within a share of their calls.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/name.hpp"
#include "base/rate.hpp"
#include "base/share.hpp"
#include "policy/budget.hpp"
#include "store/store.hpp"

namespace gird {

/// "api", "api:20%", "api:0.2:5/s": whose budget, which share of the calls retries may be, and how
/// many may be made in any case.
struct BudgetChoice {
  Name name;  ///< without a colon
  Share ratio{policy::Budget::Config{}.ratio};
  std::optional<Rate> floor = Rate{10, std::chrono::seconds(1)};  ///< nothing: none, written 0
};

/// Fault::usage: value-budget, value-name, value-share, value-rate.
Result<void> from_text(std::string_view text, BudgetChoice& choice);
std::string to_text(const BudgetChoice& choice);

/// What the policy makes of it. A floor of a longer time than the policy's own is counted over
/// that.
policy::Budget::Config config_of(const BudgetChoice& choice);

/// For people: "api: 10% of the calls in 10s, and 10/s besides".
std::string in_words(const BudgetChoice& choice);

/// The part of one process in a budget. What fails, by the store, is its answer; it is the caller's
/// to go on without.
class RetryBudget {
 public:
  /// Fault::usage, value-store; Fault::system, store-...
  static Result<RetryBudget> open(const BudgetChoice& choice, std::string_view store, World& world);

  /// A first attempt is about to be made.
  Result<void> call();
  /// Whether one more attempt may be made, which is then spent.
  Result<bool> retry();
  /// What was spent and on how many calls, after the last `retry`: "3 retries for 20 calls in 10s".
  [[nodiscard]] std::string usage() const;
  [[nodiscard]] const policy::Budget::Answer& answer() const { return answer_; }
  /// What the store has to say.
  std::vector<std::string> complaints() { return store_->complaints(); }

 private:
  RetryBudget(std::string name, const policy::Budget::Config& config,
              std::unique_ptr<store::Store> store)
      : name_(std::move(name)), config_(config), store_(std::move(store)) {}
  Result<void> ask(policy::Budget::Ask::What what);

  std::string name_;
  policy::Budget::Config config_;
  std::unique_ptr<store::Store> store_;
  policy::Budget::Answer answer_;
};

}  // namespace gird
