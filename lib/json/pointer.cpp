// JSON Pointers from and to tokens.
#include "json/pointer.hpp"

#include <charconv>

#include "json/string_value.hpp"

namespace gird::json {
namespace {

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
  std::string out;
  for (;;) {
    const std::size_t at = text.find(what);
    out += text.substr(0, at);
    if (at == text.npos) return out;
    out += by;
    text.remove_prefix(at + what.size());
  }
}

std::optional<std::size_t> item_of(const Tape& tape, std::size_t array, std::string_view name) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  const bool padded = name.size() > 1 && name[0] == '0';
  if (error != std::errc{} || end != name.data() + name.size() || padded) return std::nullopt;
  for (std::size_t item = array + 1; item < tape[array].next; item = tape[item].next) {
    if (number-- == 0) return item;
  }
  return std::nullopt;
}

}  // namespace

std::string pointer_step(std::string_view name) {
  return replaced(replaced(name, "~", "~0"), "/", "~1");
}

std::string step_name(std::string_view step) {
  return replaced(replaced(step, "~1", "/"), "~0", "~");
}

std::string pointer_to(const Tape& tape, std::size_t index) {
  std::string pointer;
  std::string room;
  std::size_t at = 0;
  while (at != index) {
    std::size_t child = at + 1;
    std::size_t number = 0;
    for (; tape[child].next <= index; child = tape[child].next) ++number;
    const bool object = tape[at].is(TokenType::object);
    pointer += '/';
    pointer += object ? pointer_step(string_at(tape, child, room)) : std::to_string(number);
    if (child == index) break;
    at = object ? child + 1 : child;
  }
  return pointer;
}

std::optional<std::size_t> member_of(const Tape& tape, std::size_t object, std::string_view name) {
  if (!tape[object].is(TokenType::object)) return std::nullopt;
  std::optional<std::size_t> found;
  std::string room;
  for (std::size_t key = object + 1; key < tape[object].next; key = tape[key].next) {
    if (string_at(tape, key, room) == name) found = key + 1;
  }
  return found;
}

std::optional<std::size_t> step_down(const Tape& tape, std::size_t index, std::string_view name) {
  if (tape[index].is(TokenType::array)) return item_of(tape, index, name);
  return member_of(tape, index, name);
}

}  // namespace gird::json
