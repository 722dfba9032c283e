// Everything a command may touch. Real in main, scripted in a test.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/exit.hpp"
#include "base/record.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "sys/helper.hpp"
#include "sys/job.hpp"
#include "sys/waited.hpp"

namespace gird {

/// How much a terminal shows.
struct TerminalSize {
  std::size_t columns = 80;
  std::size_t rows = 24;
};

class World {
 public:
  World() = default;
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  virtual ~World() = default;

  /// The name by which the user called us ("gird retry", or a link's), for messages.
  [[nodiscard]] const std::string& tool() const { return tool_; }
  void call_me(std::string tool) { tool_ = std::move(tool); }
  /// One message: "TOOL: TEXT".
  void say(std::string_view text) { err(tool_ + ": " + std::string(text) + "\n"); }

  /// Standard output, buffered; `finish` tells whether all of it arrived.
  virtual void out(std::string_view text) = 0;
  /// Standard error, at once; what cannot be written there is lost.
  virtual void err(std::string_view text) = 0;
  /// Writes what is buffered: `yes`, or the status of a program whose output nobody reads any more,
  /// which is no error. Fault::system, write-failed.
  virtual Result<Exit> finish() = 0;
  [[nodiscard]] virtual bool err_is_terminal() const = 0;
  /// The size of the terminal that standard output is; nothing when it is none.
  [[nodiscard]] virtual std::optional<TerminalSize> out_terminal() const = 0;

  [[nodiscard]] virtual Instant now() const = 0;
  [[nodiscard]] virtual Time wall() const = 0;
  /// Bits that nobody can foresee.
  virtual std::uint64_t entropy() = 0;
  /// The value of an environment variable; empty counts as unset.
  [[nodiscard]] virtual std::optional<std::string> variable(const char* name) const = 0;
  /// Every "NAME=value" of the environment.
  [[nodiscard]] virtual std::span<const char* const> environment() const = 0;
  /// The text of a configuration file; nothing where there is none.
  /// Fault::system, file-unreadable; as root also Fault::usage, config-untrusted, when others than
  /// its owner could have written it.
  virtual Result<std::optional<std::string>> read_configuration(const std::string& path) = 0;

  /// Runs a command to its end. Fault::system when it could not even be tried (no descriptor, no
  /// process to be had); that a program does not exist is an Outcome.
  virtual Result<sys::Ended> run(const sys::Job& job) = 0;
  /// Ends every process that earlier jobs left behind: TERM, and KILL after `grace`.
  /// The number of processes that even KILL did not end in time.
  virtual Result<std::size_t> sweep(Duration grace) = 0;
  /// Starts a helper; it is nobody's job and never swept. Fault::system, helper-failed.
  virtual Result<sys::Helper> start_helper(const std::string& program) = 0;
  /// A guard begins, or ends, that runs in this process as the command of another: what runs at its
  /// beginning is not for its sweeps, and while it runs a job or waits, `ticker` (null: none)
  /// ticks. Fault::system: signals-unusable.
  virtual Result<void> begin_inner(sys::Ticker* /*ticker*/) { return {}; }
  virtual void end_inner() {}
  /// Waits for `span`. A terminating signal ends the wait at once, and so does the descriptor
  /// `wake` (-1: none) when it is readable, hung up or in error; it is not read from.
  virtual Result<sys::Waited> sleep(Duration span, int wake) = 0;
  Result<sys::Waited> sleep(Duration span) { return sleep(span, -1); }

  /// Whether anybody reads the events; without, they need not be made.
  [[nodiscard]] virtual bool listening() const = 0;
  /// Adds a line to the event stream, if there is one.
  virtual void tell(const Record& record) = 0;
  /// Where `tell` sends its lines from now on (gird-events(5): stderr, fd:N, file:PATH, unix:PATH)
  /// and the tool and run they name. Fault::usage, value-events; Fault::system, events-unusable.
  virtual Result<void> open_events(std::string_view destination, std::string_view tool,
                                   const std::string& run) = 0;

 private:
  std::string tool_ = "gird";
};

}  // namespace gird
