// The line: a window of bits over numbers that go round.
#include "policy/waiting_line.hpp"

#include <bit>

namespace gird::policy {
namespace {

constexpr std::int64_t word_bits = 32;

std::int64_t number_at(const WaitingLine& line, std::int64_t place) {
  return (line.head + place) % WaitingLine::numbers;
}

std::size_t word_of(std::int64_t number) {
  return static_cast<std::size_t>(number % WaitingLine::longest_line / word_bits);
}

std::uint32_t bit_of(std::int64_t number) {
  return 1U << static_cast<unsigned>(number % word_bits);
}

bool waits(const WaitingLine& line, std::int64_t number) {
  return (line.waiting[word_of(number)] & bit_of(number)) != 0;
}

/// The line begins and ends with somebody who waits.
void trim(WaitingLine& line) {
  while (line.span > 0 && !waits(line, line.head)) {
    line.head = static_cast<std::uint32_t>(number_at(line, 1));
    --line.span;
  }
  while (line.span > 0 && !waits(line, number_at(line, line.span - 1))) --line.span;
}

}  // namespace

bool WaitingLine::has(std::int64_t ticket) const {
  const std::int64_t number = ticket - first_ticket;
  if (number < 0 || number >= numbers) return false;
  const std::int64_t place = (number - head + numbers) % numbers;
  return place < span && waits(*this, number);
}

bool WaitingLine::is_next(std::int64_t ticket) const {
  return span > 0 && ticket == first_ticket + head;
}

std::int64_t WaitingLine::length() const {
  std::int64_t sum = 0;
  for (const std::uint32_t word : waiting) sum += std::popcount(word);
  return sum;
}

std::int64_t WaitingLine::join() {
  const std::int64_t number = number_at(*this, span);
  waiting[word_of(number)] |= bit_of(number);
  ++span;
  return first_ticket + number;
}

void WaitingLine::leave(std::int64_t ticket) {
  if (!has(ticket)) return;
  const std::int64_t number = ticket - first_ticket;
  waiting[word_of(number)] &= ~bit_of(number);
  trim(*this);
}

void WaitingLine::mend() {
  bool possible = head < numbers && span <= longest_line;
  if (possible) {
    std::int64_t inside = 0;
    for (std::int64_t place = 0; place < span; ++place) {
      inside += waits(*this, number_at(*this, place)) ? 1 : 0;
    }
    possible = inside == length();
  }
  if (!possible) {
    head = 0;
    span = 0;
    waiting = {};
  }
  trim(*this);
}

}  // namespace gird::policy
