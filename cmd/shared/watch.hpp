// What a command's output says about its failure: patterns, packs and pushback.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/verdict.hpp"
#include "text/lines.hpp"
#include "text/pattern.hpp"

namespace gird {

/// The patterns as they were typed.
struct WatchFor {
  std::vector<std::string> retry_stderr;
  std::vector<std::string> stop_stderr;
  std::vector<std::string> retry_stdout;
  std::vector<std::string> stop_stdout;
  std::optional<std::string> pushback;  ///< a pattern whose group catches the delay
  std::vector<const policy::TransientPack*> packs;
};

/// Looks at the output of one attempt after the other, line by line.
class Watch {
 public:
  /// Fault::usage, value-pattern: bad regex, or a pushback pattern without a group.
  static Result<std::unique_ptr<Watch>> make(const WatchFor& what);

  [[nodiscard]] bool wants_stderr() const;
  [[nodiscard]] bool wants_stdout() const;

  /// Forgets the attempt before.
  void begin();
  void see_stderr(std::string_view bytes) { stderr_lines_.feed(bytes); }
  void see_stdout(std::string_view bytes) { stdout_lines_.feed(bytes); }
  /// Lines of the pushback descriptor: "retry-after: 3", "permanent".
  void see_pushback(std::string_view bytes) { pushback_lines_.feed(bytes); }
  /// The attempt is over: what was seen, as far as `outcome` lets it matter.
  policy::Seen end(const Outcome& outcome);

  /// The wait the command asked for.
  [[nodiscard]] std::optional<Duration> pushback() const { return pushback_; }
  /// What it said there that could not be understood; empty if all was.
  [[nodiscard]] const std::string& misunderstood() const { return misunderstood_; }

 private:
  Watch() = default;
  struct PackPattern {
    const policy::TransientPack* pack;
    const policy::TransientRule* rule;
    std::optional<text::Pattern> pattern;  ///< compiled when the first line comes
    bool seen = false;
  };
  void compile_packs();
  void on_stderr(std::string_view line);
  void on_stdout(std::string_view line);
  void on_pushback(std::string_view line);
  void take_delay(std::string_view text);

  std::vector<text::Pattern> retry_stderr_;
  std::vector<text::Pattern> stop_stderr_;
  std::vector<text::Pattern> retry_stdout_;
  std::vector<text::Pattern> stop_stdout_;
  std::optional<text::Pattern> pushback_pattern_;
  std::vector<PackPattern> packs_;
  bool packs_compiled_ = false;

  policy::Seen seen_;
  std::optional<Duration> pushback_;
  std::string misunderstood_;
  text::Lines stderr_lines_{[this](std::string_view line) { on_stderr(line); }};
  text::Lines stdout_lines_{[this](std::string_view line) { on_stdout(line); }};
  text::Lines pushback_lines_{[this](std::string_view line) { on_pushback(line); }};
};

}  // namespace gird
