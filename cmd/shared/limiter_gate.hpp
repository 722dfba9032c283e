// The way of one call through a limiter: its place in the queue, its start, and how it ended.
#pragma once

#include <memory>

#include "policy/limiter.hpp"
#include "shared/call.hpp"
#include "shared/story.hpp"
#include "store/store.hpp"

namespace gird {

/// What a call asks of a limiter.
struct Limits {
  std::string name;
  policy::Limiter::Config config;
  std::int64_t cost = 1;
  Exit refusal = refused;
  bool shown = false;  ///< tell that it waits
};

class LimiterGate {
 public:
  /// What is passed must outlive it. `kept` is the hold of who asks, kept alive while it waits.
  LimiterGate(const Limits& limits, Call& call, const Story& story, World& world,
              store::Hold* kept = nullptr)
      : limits_(limits), call_(call), story_(story), world_(world), kept_(kept) {}

  /// Asks, and waits for up to `patience`, until the call may start; why not, if it may not. What
  /// kept the store from answering is in `trouble` then, and there is no stop.
  /// Fault::system as World::sleep.
  Result<std::optional<Stop>> admit(store::Store& store, Duration patience,
                                    std::optional<Error>& trouble);

  /// The call has ended. What kept the store from noting it.
  std::optional<Error> done(policy::Limiter::Ask::Result result, Duration took);
  /// What was admitted, or waits, and is not done will not be made.
  void give_back();

  [[nodiscard]] const policy::Limiter::Answer& answer() const { return answer_; }
  store::Hold& hold() { return hold_; }

 private:
  std::optional<Error> ask(policy::Limiter::Ask ask);
  Result<std::optional<Stop>> await_turn(Instant end);
  Result<std::optional<Stop>> await_start(Instant end);
  bool turn_has_come();
  void say_waiting(Instant end);
  void tell_waited(Instant begun);

  const Limits& limits_;
  Call& call_;
  const Story& story_;
  World& world_;
  store::Hold* kept_;
  store::Store* store_ = nullptr;
  policy::Limiter::Answer answer_;
  store::Hold hold_;
  std::unique_ptr<store::Changes> changes_;  ///< while it queues
  std::int64_t ticket_ = 0;
  bool queued_ = false;
  std::optional<Instant> start_;  ///< when the call may start, from its admission to its end
};

}  // namespace gird
