// Limiter and budget: from any bits, after mending, with any config, whatever is asked. Nothing is
// stuck for longer than there is patience and rate, no more than the limit pass, and what is mended
// needs no more mending.
#include <cstring>

#include "policy/budget.hpp"
#include "policy/limiter.hpp"
#include "target.hpp"

using namespace gird;
using policy::Budget;
using policy::Limiter;
using policy::Micros;

namespace {

/// Bytes of the input, one after the other; zeros when it is used up.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}

  void fill(void* to, std::size_t size) {
    const std::size_t here = size < left_ ? size : left_;
    std::memset(to, 0, size);
    if (here > 0) std::memcpy(to, data_, here);
    data_ += here;
    left_ -= here;
  }

  template <class T>
  T next() {
    T value{};
    fill(&value, sizeof value);
    return value;
  }

  [[nodiscard]] bool any() const { return left_ > 0; }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
};

/// A moment a cell's clock may show.
Micros moment(Bytes& bytes) { return bytes.next<std::uint64_t>() >> 12U; }

template <class T>
bool same(const T& one, const T& other) {
  bool equal = true;
  std::array<double, 256> numbers = {};
  std::size_t count = 0;
  const auto each_number = [](const T& object, auto&& visit) {
    T::each(object, [&](std::string_view, const auto& field) {
      if constexpr (requires { field.size(); }) {
        for (const auto& item : field) visit(static_cast<double>(item));
      } else {
        visit(static_cast<double>(field));
      }
    });
  };
  each_number(one, [&](double number) { numbers[count++] = number; });
  count = 0;
  each_number(other, [&](double number) { equal = equal && numbers[count++] == number; });
  return equal;
}

Limiter::Config any_config(Bytes& bytes) {
  Limiter::Config config;
  config.algorithm = static_cast<Limiter::Algorithm>(bytes.next<std::uint8_t>() % 2);
  const auto kind = bytes.next<std::uint8_t>();
  config.count = kind % 2 == 0 ? bytes.next<std::uint8_t>() : bytes.next<double>();
  config.period = kind % 4 < 2 ? bytes.next<std::uint32_t>() : bytes.next<std::int64_t>();
  config.burst = kind % 8 < 4 ? bytes.next<std::uint8_t>() : bytes.next<std::int64_t>();
  config.concurrency = bytes.next<std::int8_t>();
  if (kind % 16 < 8) return config;
  config.slowest = bytes.next<double>();
  config.fastest = bytes.next<double>();
  return config;
}

Limiter::Ask any_ask(Bytes& bytes) {
  Limiter::Ask ask;
  const auto kind = bytes.next<std::uint8_t>();
  ask.what = static_cast<Limiter::Ask::What>(kind % 7);
  ask.result = static_cast<Limiter::Ask::Result>(kind / 8 % 3);
  ask.cost = kind % 2 == 0 ? bytes.next<std::uint8_t>() : bytes.next<std::int64_t>();
  ask.patience = bytes.next<std::int64_t>();
  ask.ticket = kind < 128 ? bytes.next<std::uint16_t>() : bytes.next<std::int64_t>();
  ask.took = bytes.next<std::int64_t>();
  return ask;
}

bool in_exact_doubles(Micros span) { return span >= 0 && span <= (std::int64_t{1} << 53U); }

void hold_answer(const Limiter::Answer& answer) {
  fuzz::hold(in_exact_doubles(answer.wait), "a wait is a span");
  fuzz::hold(answer.wait <= Limiter::longest_wait, "nobody waits longer than there is patience");
  fuzz::hold(in_exact_doubles(answer.retry_after), "a retry is a span");
  fuzz::hold(in_exact_doubles(answer.reset), "a reset is a span");
  fuzz::hold(answer.remaining >= 0 && answer.remaining <= answer.limit, "what remains is in range");
  fuzz::hold(answer.rate >= 0 && answer.rate < 1e15, "a rate is a number");
  fuzz::hold(answer.at_once >= 0 && answer.at_once <= Limiter::most_at_once, "calls are in range");
  fuzz::hold(answer.queue >= 0 && answer.queue <= policy::WaitingLine::longest_line,
             "the queue is in range");
  fuzz::hold(answer.effects.ticket >= 0 && answer.effects.ticket < (1LL << 31U), "a ticket fits");
}

/// After all that anybody could have reserved, a caller who fits into the rate passes.
void not_stuck(Limiter::State state, Limiter::Config config, Micros now) {
  config.concurrency = 0;
  config.slowest = config.fastest = 0;
  config.count = 2;
  config.period = 1'000'000;
  config.burst = 2;
  now += Limiter::longest_wait + 3 * config.period;
  const Limiter::Answer answer = Limiter::step(state, config, {}, now);
  fuzz::hold(answer.what == Limiter::Answer::What::go && answer.wait == 0, "it is not stuck");
}

void try_limiter(Bytes bytes) {
  Micros now = moment(bytes);
  Limiter::Config config = any_config(bytes);
  Limiter::State state;
  bytes.fill(&state, sizeof state);
  Limiter::mend(state, config, now);
  const Limiter::State mended = state;
  Limiter::mend(state, config, now);
  fuzz::hold(same(mended, state), "mending is done at once");
  for (int steps = 0; steps < 200 && bytes.any(); ++steps) {
    const auto kind = bytes.next<std::uint8_t>();
    if (kind % 4 == 0) config = any_config(bytes);
    if (kind % 8 == 1) now = moment(bytes);
    now += kind % 2 == 0 ? bytes.next<std::uint32_t>() : 0;
    hold_answer(Limiter::step(state, config, any_ask(bytes), now));
    // A clock that went back is mended after a step without it, too.
    const Limiter::State before = state;
    Limiter::mend(state, config, now);
    fuzz::hold(kind % 8 == 1 || same(before, state), "a step leaves nothing to mend");
    not_stuck(state, config, now);
  }
}

void try_budget(Bytes bytes) {
  Micros now = moment(bytes);
  Budget::State state;
  bytes.fill(&state, sizeof state);
  Budget::mend(state, {}, now);
  for (int steps = 0; steps < 200 && bytes.any(); ++steps) {
    const auto kind = bytes.next<std::uint8_t>();
    Budget::Config config;
    if (kind % 4 == 0) bytes.fill(&config, sizeof config);
    if (kind % 8 == 1) now = moment(bytes);
    now += kind % 2 == 0 ? bytes.next<std::uint32_t>() : 0;
    const auto what = static_cast<Budget::Ask::What>(kind / 8 % 4);
    const Budget::Answer answer = Budget::step(state, config, {what}, now);
    fuzz::hold(answer.left >= 0, "what is left is not negative");
    fuzz::hold(answer.calls >= 0 && answer.retries >= 0, "counts are not negative");
    const Budget::State before = state;
    Budget::mend(state, config, now);
    fuzz::hold(kind % 8 == 1 || same(before, state), "a step leaves nothing to mend");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try_limiter({data, size});
  try_budget({data, size});
  return 0;
}
