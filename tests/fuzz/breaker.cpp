// The breaker: any numbers are mended to a state that works, and whatever is then done to it under
// any config, time and successes close it.
#include "policy/breaker.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "target.hpp"

using namespace gird;
using policy::Breaker;
using policy::Micros;

namespace {

/// Takes numbers from the front of the input, and zeros behind its end.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}

  template <class T>
  void fill(T& value) {
    const std::size_t taken = std::min(sizeof value, left_);
    std::memcpy(&value, data_, taken);
    data_ += taken;
    left_ -= taken;
  }
  template <class T>
  T take() {
    T value{};
    fill(value);
    return value;
  }
  [[nodiscard]] bool empty() const { return left_ == 0; }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
};

/// Any numbers; a bool cannot be any byte.
Breaker::Config take_config(Bytes& bytes) {
  Breaker::Config config;
  Breaker::Config::each(config, [&](std::string_view, auto& field) {
    if constexpr (std::is_same_v<decltype(field), bool&>) {
      field = bytes.take<std::uint8_t>() % 2 == 1;
    } else {
      bytes.fill(field);
    }
  });
  return config;
}

Breaker::Ask take_ask(Bytes& bytes, std::int64_t last_ticket) {
  const auto first = bytes.take<std::uint8_t>();
  Breaker::Ask ask;
  ask.what = static_cast<Breaker::Ask::What>(first % 11);
  ask.result = static_cast<Breaker::Ask::Result>(first / 11 % 3);
  ask.ticket = first >= 128 ? last_ticket : bytes.take<std::int32_t>();
  ask.chance = bytes.take<std::uint8_t>() / 256.0;
  ask.enforce_chance = bytes.take<std::uint8_t>() / 256.0;
  ask.took = bytes.take<std::int32_t>();
  return ask;
}

void check(const Breaker::State& state, const Breaker::Answer& answer, Micros now) {
  fuzz::hold(state.probes >= 0 && state.probes <= 32, "probes are within the permits there can be");
  fuzz::hold(state.held >= 0 && state.held <= 32, "holds are as many as there is room for");
  fuzz::hold(state.since <= now, "no mode begins in the future");
  fuzz::hold(answer.retry_in >= 0 && answer.since >= 0, "no span is negative");
  fuzz::hold(answer.effects.ticket < std::int64_t{1} << 31 || answer.allowed, "tickets are small");
  fuzz::hold(!std::isnan(state.opened_value) && !std::isnan(state.baseline.share.mean) &&
                 !std::isnan(state.baseline.took.mean),
             "numbers stay numbers");
}

/// Every call ends well from here on, and nobody who was under way is ever heard of again.
void recovers(Breaker::State& state, Breaker::Config config, Micros now) {
  config.success_threshold = std::min<std::int64_t>(config.success_threshold, 10);
  Breaker::Ask ask;
  ask.what = Breaker::Ask::What::release;
  Breaker::step(state, config, ask, now);
  const Micros day = 86'400'000'000;
  now += std::max(day, std::clamp(config.open_max, Micros{0}, Micros{1} << 50));
  for (int i = 0; i < 12 && state.mode != Breaker::Mode::closed; ++i) {
    ask = {};
    const auto admitted = Breaker::step(state, config, ask, now);
    fuzz::hold(admitted.allowed, "after the longest wait somebody passes");
    ask.what = Breaker::Ask::What::record;
    ask.ticket = admitted.effects.ticket;
    Breaker::step(state, config, ask, now);
  }
  fuzz::hold(state.mode == Breaker::Mode::closed, "time and successes close it");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  Micros now = bytes.take<std::uint32_t>() * Micros{1'000'000};
  Breaker::Config config = take_config(bytes);
  Breaker::State state;
  Breaker::State::each(state, [&](std::string_view, auto& field) { bytes.fill(field); });
  Breaker::mend(state, config, now);

  Breaker::State again = state;
  Breaker::mend(again, config, now);
  fuzz::hold(std::memcmp(&state.window, &again.window, sizeof state.window) == 0 &&
                 state.probe_tickets == again.probe_tickets && state.since == again.since,
             "what is mended needs no mending");

  std::int64_t ticket = 0;
  while (!bytes.empty()) {
    now = std::max(now + bytes.take<std::int16_t>() * Micros{100'000}, Micros{0});
    const Breaker::Ask ask = take_ask(bytes, ticket);
    const auto answer = Breaker::step(state, config, ask, now);
    check(state, answer, now);
    if (answer.allowed && ask.what == Breaker::Ask::What::admit) ticket = answer.effects.ticket;
  }
  recovers(state, config, now);
  return 0;
}
