// How time grows with the length of a text, on machines that do other things as well.
#pragma once

#include <algorithm>
#include <ctime>
#include <string>
#include <string_view>

namespace gird {

/// At least `length` bytes of one text after another.
inline std::string pumped(std::string_view unit, std::size_t length) {
  std::string text;
  while (text.size() < length) text += unit;
  return text;
}

/// What this thread spends on it: other programs do not count.
template <class Work>
double thread_seconds(Work work) {
  const auto now = [] {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  };
  const double before = now();
  work();
  return now() - before;
}

/// How many times as long `work(text)` takes for a text of twice the length: 2 where time is
/// linear, 4 where it grows with the square. `make(length)` is the text. The least of some runs,
/// since what disturbs one only adds. 2 where it is too quick to be told; what is not linear would
/// not be.
template <class Make, class Work>
double growth(Make make, Work work, std::size_t length = 64U << 10U) {
  const std::string text = make(length);
  const std::string twice = make(2 * length);
  constexpr double too_quick = 0.01;
  constexpr int runs = 7;
  double least = 1e9;
  for (int run = 0; run < runs && least > 2.5; ++run) {
    const double of_twice = thread_seconds([&] { work(std::string_view(twice)); });
    if (of_twice < too_quick) return 2;
    least = std::min(least, of_twice / thread_seconds([&] { work(std::string_view(text)); }));
  }
  return least;
}

}  // namespace gird
