// A machine without its types, so that one store serves them all.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "policy/machine.hpp"

namespace gird::store {

/// The four structs that a machine has.
enum class Part { config, state, ask, answer };

/// Is shown every number of a struct, in its order; what it leaves in `value` is put back.
/// `index` counts the numbers of an array, and is -1 for a number that stands alone.
class Numbers {
 public:
  virtual void number(std::string_view name, int index, double& value) = 0;

 protected:
  ~Numbers() = default;
};

/// What config, state and the table of holders (8 bytes each) may take together.
constexpr std::size_t most_numbers = 1336;

constexpr std::size_t in_words(std::size_t size) { return (size + 7) / 8 * 8; }

struct Kind {
  std::string_view name;
  std::uint32_t version;
  std::size_t most_holders;
  std::size_t config_size;
  std::size_t state_size;
  std::size_t ask_size;
  std::size_t answer_size;
  void (*fresh)(void* config, void* state);  ///< value-initialises both, in raw memory
  void (*step)(void* state, const void* config, const void* ask, policy::Micros now, void* answer);
  /// Reports a vanished holder to the machine.
  policy::Effects (*vanish)(void* state, const void* config, std::int64_t ticket,
                            policy::Micros now);
  void (*mend)(void* state, const void* config, policy::Micros now);
  /// Whether the state is to be kept though nobody uses it; machines may have no such state.
  policy::Lasts (*lasts)(const void* state, policy::Micros now);
  /// Whether the ask gives back what an earlier one got; machines may have no such ask.
  bool (*gives_back)(const void* ask);
  policy::Effects& (*effects)(void* answer);
  void (*numbers)(Part part, void* object, Numbers& visitor);
};

namespace detail {

template <class T>
void show(Numbers& visitor, std::string_view name, int index, T& field) {
  auto value = static_cast<double>(field);
  visitor.number(name, index, value);
  field = static_cast<T>(value);
}

template <class T>
void show_each(Numbers& visitor, T& object) {
  T::each(object, [&](std::string_view name, auto& field) {
    using F = std::remove_reference_t<decltype(field)>;
    if constexpr (std::is_arithmetic_v<F> || std::is_enum_v<F>) {
      show(visitor, name, -1, field);
    } else {
      int index = 0;
      for (auto& item : field) show(visitor, name, index++, item);
    }
  });
}

}  // namespace detail

template <class M>
const Kind& kind_of() {
  using Config = typename M::Config;
  using State = typename M::State;
  using Ask = typename M::Ask;
  using Answer = typename M::Answer;
  static_assert(std::is_trivially_copyable_v<Config> && std::is_trivially_copyable_v<State>);
  static_assert(alignof(Config) <= 8 && alignof(State) <= 8);
  static_assert(
      in_words(sizeof(Config)) + in_words(sizeof(State)) + 8 * M::most_holders <= most_numbers,
      "a cell has no room for it");
  static constexpr Kind kind{
      .name = M::name,
      .version = M::version,
      .most_holders = M::most_holders,
      .config_size = sizeof(Config),
      .state_size = sizeof(State),
      .ask_size = sizeof(Ask),
      .answer_size = sizeof(Answer),
      .fresh =
          [](void* config, void* state) {
            new (config) Config{};
            new (state) State{};
          },
      .step =
          [](void* state, const void* config, const void* ask, policy::Micros now, void* answer) {
            *static_cast<Answer*>(answer) =
                M::step(*static_cast<State*>(state), *static_cast<const Config*>(config),
                        *static_cast<const Ask*>(ask), now);
          },
      .vanish =
          [](void* state, const void* config, std::int64_t ticket, policy::Micros now) {
            if constexpr (M::most_holders == 0) {
              return policy::Effects{};
            } else {
              return M::step(*static_cast<State*>(state), *static_cast<const Config*>(config),
                             M::vanished(ticket), now)
                  .effects;
            }
          },
      .mend =
          [](void* state, const void* config, policy::Micros now) {
            M::mend(*static_cast<State*>(state), *static_cast<const Config*>(config), now);
          },
      .lasts =
          [](const void* state, policy::Micros now) {
            if constexpr (requires(const State& one) { M::lasts(one, now); }) {
              return M::lasts(*static_cast<const State*>(state), now);
            } else {
              return policy::Lasts::idle;
            }
          },
      .gives_back =
          [](const void* ask) {
            if constexpr (requires(const Ask& one) { M::gives_back(one); }) {
              return M::gives_back(*static_cast<const Ask*>(ask));
            } else {
              return false;
            }
          },
      .effects = [](void* answer) -> policy::Effects& {
        return static_cast<Answer*>(answer)->effects;
      },
      .numbers =
          [](Part part, void* object, Numbers& visitor) {
            switch (part) {
              case Part::config: return detail::show_each(visitor, *static_cast<Config*>(object));
              case Part::state: return detail::show_each(visitor, *static_cast<State*>(object));
              case Part::ask: return detail::show_each(visitor, *static_cast<Ask*>(object));
              case Part::answer: return detail::show_each(visitor, *static_cast<Answer*>(object));
            }
          },
  };
  return kind;
}

}  // namespace gird::store
