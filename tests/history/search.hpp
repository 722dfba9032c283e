// Whether the logs of many processes can be told as one sequence of steps.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "history/line.hpp"

namespace gird::history {

/// A history is linearizable when every call can be given one moment between its beginning and its
/// end so that the sequential machine, asked in the order of these moments, gives the same answers.
///
/// The search is that of Wing and Gong with what Lowe added: take any call that no other one had
/// to come before (it began before the first end of those that are left), ask the machine, go on
/// when it answers as the log says, else go back; positions that were seen are not entered again.
/// It is exponential where nothing is known of the order. Here a log tells which step of the cell
/// each one was: it is a witness of one order, only that order is tried, and the search is one walk
/// over the logs. A choice is left with calls that may or may not have taken effect (the process
/// was killed inside of it, or was told of an error). Lines without a sequence are searched for in
/// full.
///
/// Sources: M. Herlihy, J. Wing, "Linearizability: A Correctness Condition for Concurrent Objects",
/// TOPLAS 12(3), 1990. J. Wing, C. Gong, "Testing and Verifying Concurrent Objects", JPDC 17, 1993.
/// G. Lowe, "Testing for Linearizability", Concurrency and Computation 29(4), 2017. P. Gibbons,
/// E. Korach, "Testing Shared Memories", SIAM J. Comput. 26(4), 1997 (that a given order makes it
/// cheap).
template <class M>
class Search {
 public:
  using Config = typename M::Config;
  using State = typename M::State;
  using Log = std::span<const Line<M>>;

  /// What is known of the cell when all had ended.
  struct End {
    std::int64_t steps = 0;
    std::uint64_t state = 0;  ///< its digest
  };

  /// One log for each process, in the order of its calls; they are not copied.
  Search(const Config& config, std::vector<Log> logs, std::optional<End> end = {})
      : config_(config), logs_(std::move(logs)), end_(end) {}

  /// Whether there is such an order; `why_not` says where the longest attempt got stuck.
  bool accepts() {
    Position at{.cursors = std::vector<std::uint32_t>(logs_.size())};
    for (;;) {
      const std::int64_t first_end = bound(at);
      if (first_end == never && is_the_end(at)) return true;
      collect(at, first_end);
      if (fits_.size() > 1) leave_choices(at);
      if (!fits_.empty()) {
        advance(at, fits_.front());
      } else if (!go_back(at)) {
        return false;
      }
    }
  }
  [[nodiscard]] const std::string& why_not() const { return why_not_; }
  /// Calls in the order that was found.
  [[nodiscard]] std::size_t calls() const { return order_.size(); }
  /// Calls of the order that were of another process than the one before: how mixed it is.
  [[nodiscard]] std::size_t handovers() const {
    std::size_t count = 0;
    for (std::size_t i = 1; i < order_.size(); ++i) {
      if (order_[i].log != order_[i - 1].log) ++count;
    }
    return count;
  }

  /// Tells the steps in the order that was found: visit(line, state before, answer, state after).
  void walk(auto&& visit) const {
    State state{};
    for (const Call& call : order_) {
      for (const Line<M>& line : lines_of(call)) {
        if (line.look) continue;
        const State before = state;
        const auto answer = M::step(state, config_, line.ask, line.now);
        visit(line, before, answer, state);
      }
    }
  }

 private:
  struct Call {
    std::uint32_t log = 0;
    std::uint32_t first = 0;  ///< line
  };
  struct Position {
    std::vector<std::uint32_t> cursors;  ///< the first line of each log that is left
    State state = {};
    std::int64_t steps = 0;
    std::int64_t latest = 0;  ///< beginning of those that were taken
    std::size_t calls = 0;
  };
  struct Fit {
    Call call;
    State after = {};
    std::int64_t steps = 0;
  };
  struct Choice {
    Position at;
    Fit fit;
  };
  /// What speaks against a call, the gravest with the highest number.
  struct Complaint {
    int severity = 0;
    const Line<M>* line = nullptr;
    std::string_view text = {};
  };

  [[nodiscard]] Log lines_of(Call call) const {
    const Log log = logs_[call.log].subspan(call.first);
    std::size_t count = 0;
    while (count < log.size() && log[count].call == log.front().call) ++count;
    return log.first(count);
  }

  /// The end that comes first of those that surely took place: nothing that began later can be
  /// next.
  [[nodiscard]] std::int64_t bound(const Position& at) const {
    std::int64_t first = never;
    for (std::size_t log = 0; log < logs_.size(); ++log) {
      for (const Line<M>& line : logs_[log].subspan(at.cursors[log])) {
        if (!line.certain) continue;
        first = std::min(first, line.returned);
        break;
      }
    }
    return first;
  }

  [[nodiscard]] bool is_the_end(const Position& at) const {
    return !end_ || (at.steps == end_->steps && digest_of(at.state) == end_->state);
  }

  /// Calls that can be next. One that may not have taken effect is passed over no sooner than the
  /// one behind it is taken: skipping changes nothing, so the last moment for it is as good as any.
  void collect(const Position& at, std::int64_t first_end) {
    fits_.clear();
    complaint_ = {};
    for (std::uint32_t log = 0; log < logs_.size(); ++log) {
      std::uint32_t line = at.cursors[log];
      while (line < logs_[log].size()) {
        const Call call{log, line};
        const Log lines = lines_of(call);
        if (may_be_next(at, lines, first_end)) try_it(at, call, lines);
        if (lines.front().certain) break;
        line += static_cast<std::uint32_t>(lines.size());
      }
    }
    if (fits_.size() > 1 && !seen_.insert(fingerprint(at)).second) fits_.clear();
  }

  bool may_be_next(const Position& at, Log lines, std::int64_t first_end) {
    const Line<M>& line = lines.front();
    const std::int64_t turn = at.steps + (line.look ? 0 : 1);
    if (line.sequence > turn) return complain(1, line, "an earlier step is missing");
    if (line.sequence < turn && (line.look || line.sequence != 0)) {
      return line.certain && complain(2, line,
                                      line.look ? "it saw what was over before it began"
                                                : "it was taken twice, an update is lost");
    }
    if (line.invoked > first_end || line.returned < at.latest) {
      return complain(3, line, "it is told in another order than it happened in");
    }
    return true;
  }

  void try_it(const Position& at, Call call, Log lines) {
    Fit fit{call, at.state, at.steps};
    for (const Line<M>& line : lines) {
      if (!replay(fit, line)) return;
    }
    fits_.push_back(fit);
  }

  bool replay(Fit& fit, const Line<M>& line) {
    if (!line.look) {
      if (++fit.steps != line.sequence && line.sequence != 0) return false;
      const auto answer = M::step(fit.after, config_, line.ask, line.now);
      if (digest_of(answer) != line.answer) {
        return complain(5, line, "the machine would have answered otherwise");
      }
    }
    if (line.state != 0 && digest_of(fit.after) != line.state) {
      return complain(4, line, "the machine would have left another state");
    }
    return true;
  }

  /// Keeps the gravest of what speaks against the calls of one position.
  bool complain(int severity, const Line<M>& line, std::string_view text) {
    if (severity > complaint_.severity) complaint_ = {severity, &line, text};
    return false;
  }

  void leave_choices(const Position& at) {
    for (std::size_t i = fits_.size(); i-- > 1;) choices_.push_back({at, fits_[i]});
  }

  void advance(Position& at, const Fit& fit) {
    const Log lines = lines_of(fit.call);
    at.state = fit.after;
    at.steps = fit.steps;
    at.latest = std::max(at.latest, lines.front().invoked);
    at.cursors[fit.call.log] = fit.call.first + static_cast<std::uint32_t>(lines.size());
    order_.resize(at.calls++);
    order_.push_back(fit.call);
  }

  bool go_back(Position& at) {
    if (why_not_.empty() || at.calls > furthest_) {
      furthest_ = at.calls;
      why_not_ = "after " + std::to_string(at.calls) + " calls: " + to_text(complaint_);
    }
    if (choices_.empty()) return false;
    const Choice choice = std::move(choices_.back());
    choices_.pop_back();
    at = choice.at;
    advance(at, choice.fit);
    return true;
  }

  [[nodiscard]] static std::string to_text(const Complaint& complaint) {
    if (complaint.line == nullptr) return "the end is not that of the cell";
    return "call " + std::to_string(complaint.line->call) + ", step " +
           std::to_string(complaint.line->sequence) + ": " + std::string(complaint.text);
  }

  [[nodiscard]] static std::uint64_t fingerprint(const Position& at) {
    std::uint64_t sum = digest_of(at.state);
    sum = detail::mixed(sum + detail::bits_of(at.steps));
    sum = detail::mixed(sum + detail::bits_of(at.latest));
    for (const std::uint32_t cursor : at.cursors) sum = detail::mixed(sum + cursor + 1);
    return sum;
  }

  const Config& config_;
  std::vector<Log> logs_;
  std::optional<End> end_;
  std::vector<Call> order_;
  std::vector<Fit> fits_;
  std::vector<Choice> choices_;
  std::unordered_set<std::uint64_t> seen_;
  Complaint complaint_;
  std::size_t furthest_ = 0;
  std::string why_not_;
};

}  // namespace gird::history
