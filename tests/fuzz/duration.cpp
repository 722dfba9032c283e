// What is read as a duration, a number or a time is written so that it reads back the same.
#include "base/duration.hpp"

#include "base/number.hpp"
#include "base/time.hpp"
#include "target.hpp"

using namespace gird;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  if (const auto span = parse_duration(text)) {
    fuzz::hold(span->count() >= 0, "a duration is not negative");
    const auto again = parse_duration(to_text(*span));
    fuzz::hold(again && *again == *span, "a duration reads back");
    fuzz::hold(parse_duration(to_words(*span)).has_value(), "a duration in words is one");
  } else {
    fuzz::hold(!span.error().why.empty(), "a refusal has a reason");
  }
  if (const auto timeout = parse_timeout(text)) {
    const auto again = parse_timeout(to_text(*timeout));
    fuzz::hold(again && *again == *timeout, "a timeout reads back");
  }
  if (const auto number = parse_number(text)) {
    const auto again = parse_number(to_text(*number));
    fuzz::hold(again && *again == *number, "a number reads back");
  }
  if (const auto time = parse_time(text)) {
    // Written to the millisecond.
    const auto again = parse_time(to_text(*time));
    fuzz::hold(again && *time - *again < std::chrono::milliseconds(1) && *again <= *time,
               "a time reads back");
  }
  return 0;
}
