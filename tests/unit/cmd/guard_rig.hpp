// Guards in a world where children end as scripted, nobody waits, and cells are in memory.
#pragma once

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "fake_world.hpp"
#include "shared/breaking.hpp"
#include "shared/limiting.hpp"
#include "store/memory_store.hpp"

namespace gird {

/// A store that fails at everything.
class BrokenStore final : public store::Store {
 public:
  Result<std::vector<std::string>> keys(const store::Kind&) override { return failure(); }
  Result<bool> remove(const store::Kind&, std::string_view, Duration) override { return failure(); }
  Result<std::unique_ptr<store::Changes>> changes(const store::Kind&, std::string_view) override {
    return failure();
  }

 protected:
  Result<void> step_raw(const store::Kind&, std::string_view, const void*, const void*, void*,
                        store::Hold&) override {
    return failure();
  }
  Result<std::optional<store::RawLook>> look_raw(const store::Kind&, std::string_view) override {
    return failure();
  }

 private:
  static std::unexpected<Error> failure() {
    return std::unexpected(Error{Fault::system, "store-failed", "read the cell", "no such luck"});
  }
};

/// A store whose lock somebody keeps for some steps.
class BusyStore final : public store::Store {
 public:
  /// The steps from number `from` (0 is the first) on, `count` of them, find it busy.
  BusyStore(store::Store& inner, int from, int count) : inner_(inner), from_(from), count_(count) {}
  Result<std::vector<std::string>> keys(const store::Kind& kind) override {
    return inner_.keys(kind);
  }
  Result<bool> remove(const store::Kind&, std::string_view, Duration) override { return false; }
  Result<std::unique_ptr<store::Changes>> changes(const store::Kind& kind,
                                                  std::string_view key) override {
    return inner_.changes(kind, key);
  }

 protected:
  Result<void> step_raw(const store::Kind& kind, std::string_view key, const void* config,
                        const void* ask, void* answer, store::Hold& hold) override {
    const int number = steps_++;
    if (number >= from_ && number < from_ + count_) {
      return std::unexpected(Error{Fault::system, "store-busy", "lock it", "others kept it"});
    }
    return step_in(inner_, kind, key, config, ask, answer, hold);
  }
  Result<std::optional<store::RawLook>> look_raw(const store::Kind&, std::string_view) override {
    return std::optional<store::RawLook>();
  }

 private:
  store::Store& inner_;
  int from_;
  int count_;
  int steps_ = 0;
};

/// A store that serves, and tells nobody of changes: at once, or when it should have some.
class DeafStore final : public store::Store {
 public:
  DeafStore(store::Store& inner, bool from_the_start) : inner_(inner), deaf_(from_the_start) {}
  Result<std::vector<std::string>> keys(const store::Kind& kind) override {
    return inner_.keys(kind);
  }
  Result<bool> remove(const store::Kind&, std::string_view, Duration) override { return false; }
  Result<std::unique_ptr<store::Changes>> changes(const store::Kind&, std::string_view) override {
    if (deaf_) return closed();
    return std::make_unique<Broken>();
  }

 protected:
  Result<void> step_raw(const store::Kind& kind, std::string_view key, const void* config,
                        const void* ask, void* answer, store::Hold& hold) override {
    return step_in(inner_, kind, key, config, ask, answer, hold);
  }
  Result<std::optional<store::RawLook>> look_raw(const store::Kind&, std::string_view) override {
    return closed();
  }

 private:
  static std::unexpected<Error> closed() {
    return std::unexpected(
        Error{Fault::system, "store-unreachable", "it", "closed the connection"});
  }
  class Broken final : public store::Changes {
   public:
    [[nodiscard]] int descriptor() const override { return 0; }
    Result<std::vector<std::string>> take() override { return closed(); }
  };

  store::Store& inner_;
  bool deaf_;
};

struct GuardRig {
  FakeWorld world;
  store::MemoryStore memory{world};
  BrokenStore broken_store;
  OpenedStore store = &memory;

  GuardRig() { world.ends = {exited(0)}; }

  /// Runs one call and forgets what was said and told before it.
  Exit run(const BreakerPlan& plan) {
    forget();
    return done(run_breaking(plan, *watch(), reports(), store, world));
  }
  Exit run(const LimitPlan& plan) {
    forget();
    return done(run_limited(plan, *watch(), reports(), store, world));
  }
  /// The same with a command that ends with `code`.
  template <class Plan>
  Exit run(const Plan& plan, int code) {
    world.ends = {exited(code)};
    return run(plan);
  }

  void pass(Duration span) { BOOST_REQUIRE(world.sleep(span).has_value()); }

  /// The names of the events of the last call, with blanks between.
  [[nodiscard]] std::string told() const {
    std::string names;
    for (const std::string& event : world.events) {
      names += (names.empty() ? "" : " ") + event.substr(0, event.find(' '));
    }
    return names;
  }

 private:
  void forget() {
    world.said.clear();
    world.events.clear();
    world.ran.clear();
    world.environments.clear();
    world.time_limits.clear();
    world.waits.clear();
  }
  Watch* watch() {
    watch_ = std::move(*Watch::make({}));
    return watch_.get();
  }
  Reports& reports() {
    reports_ = std::move(*Reports::open({}, world));
    return reports_;
  }
  static Exit done(const Result<Exit>& exit) {
    BOOST_REQUIRE(exit.has_value());
    return *exit;
  }

  std::unique_ptr<Watch> watch_;
  Reports reports_;
};

}  // namespace gird
