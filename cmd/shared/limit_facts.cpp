// The five values of redis-cell, and what more there is.
#include "shared/limit_facts.hpp"

#include "base/number.hpp"

namespace gird {
namespace {

using policy::duration;
using Answered = policy::Limiter::Answer::What;

bool limited(const policy::Limiter::Answer& answer) { return answer.what != Answered::go; }

void line(std::string& text, std::string_view label, std::string_view value) {
  text += label;
  text.append(13 - label.size(), ' ');
  text.append(value).append("\n");
}

}  // namespace

JsonObject& add_limit(JsonObject& object, const policy::Limiter::Answer& answer) {
  object.add("limited", limited(answer))
      .add("limit", answer.limit)
      .add("remaining", answer.remaining);
  if (limited(answer) && answer.retry_after == 0) {
    object.raw("retry_after_s", "null");
  } else {
    object.add("retry_after_s", duration(answer.retry_after));
  }
  return object.add("reset_s", duration(answer.reset))
      .add("rate", answer.rate)
      .add("at_once", answer.at_once)
      .add("queue", answer.queue);
}

std::string limit_as_text(const policy::Limiter::Answer& answer) {
  const bool unknown = limited(answer) && answer.retry_after == 0;
  std::string text;
  line(text, "limited", limited(answer) ? "yes" : "no");
  line(text, "limit", std::to_string(answer.limit));
  line(text, "remaining", std::to_string(answer.remaining));
  line(text, "retry-after", unknown ? "unknown" : to_words(duration(answer.retry_after)));
  line(text, "reset", to_words(duration(answer.reset)));
  line(text, "running", std::to_string(answer.at_once));
  line(text, "queue", std::to_string(answer.queue));
  return text;
}

}  // namespace gird
