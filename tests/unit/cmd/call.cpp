// Waiting with holds that end by themselves.
#include "shared/call.hpp"

#include <boost/test/unit_test.hpp>

#include "fake_world.hpp"
#include "store/grip.hpp"

namespace gird {
namespace {

using namespace std::chrono_literals;

/// A hold that is due five seconds after its last renewal, until it is lost.
class Lease final : public store::Hold::Grip {
 public:
  Lease(const World& world, int& renewals) : world_(world), renewals_(renewals) {}
  [[nodiscard]] std::optional<Duration> renew_within() const override {
    return std::max(due_ - world_.now(), Duration::zero());
  }
  Result<void> renew() override {
    ++renewals_;
    if (!lost) due_ = world_.now() + 5s;
    return {};
  }
  bool lost = false;

 private:
  const World& world_;
  int& renewals_;
  Instant due_ = world_.now() + 5s;
};

struct Waiting {
  FakeWorld world;
  CallPlan plan;
  std::unique_ptr<Watch> watch = std::move(*Watch::make({}));
  Call call{plan, *watch, world};
  int renewals = 0;
  Lease* lease = nullptr;
  store::Hold hold = [this] {
    auto made = std::make_unique<Lease>(world, renewals);
    lease = made.get();
    return store::Hold(std::move(made));
  }();

  void wait(Duration span) {
    for (const Instant end = world.now() + span; world.now() < end;) {
      BOOST_REQUIRE(call.sleep(end - world.now(), 0, {&hold, nullptr}).has_value());
    }
  }
};

BOOST_FIXTURE_TEST_SUITE(call, Waiting)

BOOST_AUTO_TEST_CASE(a_long_wait_renews_the_hold_whenever_it_is_due) {
  wait(17s);
  BOOST_TEST(renewals == 3);
  BOOST_TEST((world.waits == std::vector<Duration>{5s, 5s, 5s, 2s}));
}

BOOST_AUTO_TEST_CASE(who_is_woken_does_not_renew_what_is_not_due) {
  // Each renewal would wake the others who wait, and theirs would wake us.
  for (std::size_t i = 0; i < 8; ++i) world.woken_waits[i] = 100ms;
  wait(4s);
  BOOST_TEST(renewals == 0);
}

BOOST_AUTO_TEST_CASE(a_hold_that_is_lost_is_not_asked_for_all_the_time) {
  lease->lost = true;
  wait(25s);
  BOOST_TEST(renewals == 21);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
