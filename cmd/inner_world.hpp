// The world of a guard that runs inside another one's process.
#pragma once

#include <string>
#include <vector>

#include "sys/event_sink.hpp"
#include "sys/world.hpp"

namespace gird {

/// What a guard finds that is the command of `job`: the environment with the job's variables,
/// events and output of its own, and an end by TERM when the time is over that its outer guard gave
/// it.
class InnerWorld final : public World {
 public:
  /// `around` is the world of the outer guard. Both must outlive this.
  InnerWorld(World& around, const sys::Job& job);

  /// The limit of the job came before its command had ended, and which of the two it was.
  [[nodiscard]] std::optional<Outcome::End> overran() const;
  /// When everything that is left of the job gets KILL.
  [[nodiscard]] Instant kill_at() const { return *limit_ + job_.kill_after; }
  /// The terminating signal that came from outside.
  [[nodiscard]] std::optional<int> interrupted() const { return interrupted_; }

  void out(std::string_view text) override { buffer_ += text; }
  void err(std::string_view text) override { around_.err(text); }
  Result<Exit> finish() override;
  [[nodiscard]] bool err_is_terminal() const override { return around_.err_is_terminal(); }
  [[nodiscard]] std::optional<TerminalSize> out_terminal() const override {
    return around_.out_terminal();
  }
  [[nodiscard]] Instant now() const override { return around_.now(); }
  [[nodiscard]] Time wall() const override { return around_.wall(); }
  std::uint64_t entropy() override { return around_.entropy(); }
  [[nodiscard]] std::optional<std::string> variable(const char* name) const override;
  [[nodiscard]] std::span<const char* const> environment() const override { return environment_; }
  Result<std::optional<std::string>> read_configuration(const std::string& path) override {
    return around_.read_configuration(path);
  }
  Result<sys::Ended> run(const sys::Job& job) override;
  Result<std::size_t> sweep(Duration grace) override;
  Result<sys::Helper> start_helper(const std::string& program) override {
    return around_.start_helper(program);
  }
  Result<void> begin_inner() override { return around_.begin_inner(); }
  void end_inner() override { around_.end_inner(); }
  using World::sleep;
  Result<sys::Waited> sleep(Duration span, int wake) override;
  [[nodiscard]] bool listening() const override { return events_.has_value(); }
  void tell(const Record& record) override;
  Result<void> open_events(std::string_view destination, std::string_view tool,
                           const std::string& run) override;

 private:
  bool time_is_over();

  World& around_;
  const sys::Job& job_;
  std::optional<Instant> limit_;
  bool stopped_ = false;  ///< the limit came, and the guard was told
  std::optional<int> interrupted_;
  std::vector<std::string> entries_;  ///< the job's variables as "NAME=value"
  std::vector<const char*> environment_;
  std::string buffer_;
  std::optional<sys::EventSink> events_;
  std::optional<Journal> journal_;
};

}  // namespace gird
