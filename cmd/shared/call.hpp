// One guarded run of a command, and the shell lines that belong to it.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/run_scope.hpp"
#include "shared/streams.hpp"
#include "store/store.hpp"

namespace gird {

/// What is run, and what the wrappers around it have said.
struct CallPlan {
  std::vector<std::string> argv;
  RunScope scope;
  Duration kill_after = std::chrono::seconds(5);
  bool fuse = true;   ///< a command that is gird itself may run in this process
  bool hold = false;  ///< keep standard output until it is known whether it is the answer
};

/// Why a command is not run after all.
struct Stop {
  Exit exit;
  std::string_view result;  ///< as a Story has it: "refused", "deadline", "interrupted"
  std::string reason = {};  ///< for people
  std::vector<std::string> hints = {};
  std::string way_round = {};  ///< the command that overrides a refusal, where there is one
  policy::Cause cause = policy::Cause::none;
  policy::Micros retry_in = 0;  ///< 0: nobody knows
};

/// `stop`, which ended a wait for `name`.
Stop stopped_waiting(Stop stop, std::string_view name);

class Call {
 public:
  using Variables = std::vector<std::pair<std::string, std::string>>;

  /// What is passed must outlive it.
  Call(const CallPlan& plan, Watch& watch, World& world);

  /// When everything has to be over, by the wrappers around this one.
  [[nodiscard]] std::optional<Duration> left() const {
    return deadline_ ? std::optional(*deadline_ - world_.now()) : std::nullopt;
  }
  [[nodiscard]] bool overdue() const { return deadline_ && world_.now() >= *deadline_; }

  /// Waits, at most until the deadline, as World::sleep: why there is no use in going on, if so.
  /// Less than `span` where one of `holds` (null: none) has to be renewed before, which is done.
  /// Fault::system as World::sleep.
  Result<std::optional<Stop>> sleep(Duration span, int wake,
                                    std::initializer_list<store::Hold*> holds);

  /// Runs the command; `hold` is kept alive meanwhile. What is left by force is told.
  /// Fault::system as World::run.
  Result<sys::Ended> run(std::optional<Duration> timeout, store::Hold& hold);

  /// That a signal ended the run.
  static Stop interrupted_by(int signal);
  /// That its time was over before it began.
  static Stop too_late() { return {late, "deadline", "the deadline passed"}; }

  /// Runs a shell line with nothing to read and its output on standard error; `hold` is kept alive
  /// meanwhile.
  Result<sys::Ended> run_aside(const std::string& line, const Variables& more,
                               std::optional<Duration> timeout, store::Hold& hold);
  /// Runs a shell line that answers in the command's place, with its standard streams. What was
  /// held of the command's own output is dropped.
  Result<sys::Ended> run_instead(const std::string& line, const Variables& more);

  /// The command's answer is the answer: what was held leaves. See Streams::leave.
  Result<Exit> leave(Exit exit) { return streams_.leave(exit, world_); }

  /// The status that gird ends with: the command's own. A signal that was sent to us is what
  /// happened, though KILL may have been needed after it.
  static Exit exit_after(const sys::Ended& ended);

 private:
  [[nodiscard]] Variables variables(const Variables& more) const;
  Result<sys::Ended> run_line(sys::Job& job, const std::string& line, const Variables& more,
                              store::Hold& hold);
  Result<sys::Ended> run_renewing(sys::Job job, store::Hold& hold);

  const CallPlan& plan_;
  World& world_;
  Streams streams_;
  std::optional<Instant> deadline_;
};

}  // namespace gird
