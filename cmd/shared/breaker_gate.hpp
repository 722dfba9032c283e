// The way of one call through a breaker: waiting, admission, and how it ended.
#pragma once

#include "base/chance.hpp"
#include "shared/breaking.hpp"
#include "shared/limiter_gate.hpp"
#include "shared/story.hpp"

namespace gird {

class BreakerGate {
 public:
  /// What is passed must outlive it.
  BreakerGate(const BreakerPlan& plan, Call& call, const Story& story, OpenedStore store,
              World& world);

  /// Asks, and waits as long as the plan says, until the call may be made; why not, if it may not.
  /// Where the store fails and the plan lets it, the call may be made, unguarded.
  /// Fault::system as World::sleep.
  Result<std::optional<Stop>> admit();

  /// How much longer the caller is ready to wait; nothing: not at all.
  [[nodiscard]] std::optional<Duration> patience() const;

  /// The call that was admitted has ended.
  void record(const sys::Ended& ended, policy::Breaker::Ask::Result result);
  /// What was admitted and not recorded will not be made.
  void give_back();

  [[nodiscard]] bool probing() const { return probing_; }  ///< the call tries it out
  [[nodiscard]] const policy::Breaker::Answer& answer() const { return answer_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }  ///< of the last change
  [[nodiscard]] bool unguarded() const { return unguarded_; }
  [[nodiscard]] bool enforced() const;                   ///< refusals are carried out
  [[nodiscard]] bool opened() const { return opened_; }  ///< by us
  [[nodiscard]] bool closed() const { return closed_; }
  store::Hold& hold() { return hold_; }
  /// What the store has to say.
  std::vector<std::string> complaints() {
    return store_ ? (*store_)->complaints() : std::vector<std::string>();
  }

 private:
  std::optional<Error> ask(policy::Breaker::Ask ask);
  Result<std::optional<Stop>> await_change(Duration patience);
  Result<std::optional<Stop>> await_rate();
  std::optional<Stop> unguarded_by(const Error& error, std::string_view guard = "breaker");
  bool would_pass();
  [[nodiscard]] Stop refusal() const;
  void take_note(const policy::Note& note);
  void tell_enforced_not(const Stop& stop);
  void tell_waited();

  const BreakerPlan& plan_;
  Call& call_;
  const Story& story_;
  World& world_;
  OpenedStore store_;
  Chance chance_;
  double lot_;  ///< the call's own, drawn once: whether refusals are carried out
  Instant begun_;
  policy::Breaker::Answer answer_;
  store::Hold hold_;
  Limits rate_limits_;
  std::optional<LimiterGate> rate_;
  std::unique_ptr<store::Changes> changes_;  ///< while waiting
  std::string reason_;
  std::int64_t ticket_ = 0;
  bool waited_ = false;
  bool admitted_ = false;
  bool probing_ = false;
  bool paid_ = false;  ///< its one unit of the rate, with the first probe
  bool unguarded_ = false;
  bool opened_ = false;
  bool closed_ = false;
};

}  // namespace gird
