// Watching output.
#include "shared/watch.hpp"

#include <algorithm>

namespace gird {
namespace {

Result<std::vector<text::Pattern>> compiled(std::string_view option,
                                            const std::vector<std::string>& patterns) {
  std::vector<text::Pattern> all;
  for (const std::string& pattern : patterns) {
    if (pattern.empty()) {
      return misuse("value-pattern", std::string(option) + " ''",
                    "an empty pattern is in every line");
    }
    auto one = text::Pattern::compile(pattern);
    if (!one) {
      one.error().what = std::string(option) + " " + one.error().what;
      return std::unexpected(std::move(one.error()));
    }
    all.push_back(std::move(*one));
  }
  return all;
}

/// Notes the first of `patterns` that is in `line`, unless one was seen before.
void note(std::string& seen, const std::vector<text::Pattern>& patterns, std::string_view line) {
  if (!seen.empty()) return;
  for (const text::Pattern& pattern : patterns) {
    if (!pattern.found_in(line)) continue;
    seen = pattern.text();
    return;
  }
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

}  // namespace

Result<std::unique_ptr<Watch>> Watch::make(const WatchFor& what) {
  std::unique_ptr<Watch> watch(new Watch);
  watch->retry_stderr_ = TRY(compiled("--retry-if-stderr", what.retry_stderr));
  watch->stop_stderr_ = TRY(compiled("--stop-if-stderr", what.stop_stderr));
  watch->retry_stdout_ = TRY(compiled("--retry-if-stdout", what.retry_stdout));
  watch->stop_stdout_ = TRY(compiled("--stop-if-stdout", what.stop_stdout));
  if (what.pushback) {
    auto patterns = TRY(compiled("--pushback", {*what.pushback}));
    if (patterns.front().groups() == 0) {
      return misuse("value-pattern", "--pushback '" + *what.pushback + "'",
                    "needs a group that catches the delay",
                    {"--pushback 'retry-after: ([0-9.]+)'"});
    }
    watch->pushback_pattern_ = std::move(patterns.front());
  }
  for (const policy::TransientPack* pack : what.packs) {
    for (const policy::TransientRule& rule : pack->rules)
      watch->packs_.push_back({pack, &rule, {}});
  }
  return watch;
}

bool Watch::wants_stderr() const {
  const auto has_message = [](const PackPattern& known) { return !known.rule->message.empty(); };
  return !retry_stderr_.empty() || !stop_stderr_.empty() || pushback_pattern_ ||
         std::ranges::any_of(packs_, has_message);
}

bool Watch::wants_stdout() const { return !retry_stdout_.empty() || !stop_stdout_.empty(); }

void Watch::begin() {
  seen_ = {};
  pushback_.reset();
  misunderstood_.clear();
  for (PackPattern& known : packs_) known.seen = false;
}

/// Most commands that have a pack say nothing on standard error; then nothing is compiled.
void Watch::compile_packs() {
  packs_compiled_ = true;
  for (PackPattern& known : packs_) {
    if (known.rule->message.empty()) continue;
    auto pattern = text::Pattern::compile(known.rule->message);
    if (pattern) known.pattern = std::move(*pattern);  // every pack's patterns compile, by a test
  }
}

void Watch::on_stderr(std::string_view line) {
  note(seen_.retry_pattern, retry_stderr_, line);
  note(seen_.stop_pattern, stop_stderr_, line);
  if (!packs_compiled_) compile_packs();
  for (PackPattern& known : packs_) {
    if (!known.seen && known.pattern) known.seen = known.pattern->found_in(line);
  }
  if (!pushback_pattern_) return;
  if (const auto delay = pushback_pattern_->caught_in(line)) take_delay(*delay);
}

void Watch::on_stdout(std::string_view line) {
  note(seen_.retry_pattern, retry_stdout_, line);
  note(seen_.stop_pattern, stop_stdout_, line);
}

void Watch::on_pushback(std::string_view line) {
  const std::string_view said = trimmed(line);
  constexpr std::string_view delay = "retry-after:";
  if (said == "permanent") {
    seen_.forbidden = true;
  } else if (said.starts_with(delay)) {
    take_delay(trimmed(said.substr(delay.size())));
  } else if (!said.empty()) {
    misunderstood_ = said;
  }
}

void Watch::take_delay(std::string_view text) {
  const auto delay = parse_duration(text);
  if (delay) {
    pushback_ = *delay;
  } else {
    misunderstood_ = text;
  }
}

policy::Seen Watch::end(const Outcome& outcome) {
  stderr_lines_.end();
  stdout_lines_.end();
  pushback_lines_.end();
  for (const PackPattern& known : packs_) {
    policy::OutcomeSet outcomes;
    static_cast<void>(from_text(known.rule->outcomes, outcomes));  // parse, by a test
    if (!outcomes.holds(outcome)) continue;
    if (!known.rule->message.empty() && !known.seen) continue;
    seen_.pack_rule = known.rule;
    seen_.pack = known.pack->name;
    break;
  }
  return seen_;
}

}  // namespace gird
