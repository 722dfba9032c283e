// The world of a guard that runs inside another one's process.
#pragma once

#include <string>
#include <vector>

#include "sys/event_sink.hpp"
#include "sys/within.hpp"

namespace gird {

/// What a guard finds that is the command of `job`: the environment with the job's variables,
/// events and output of its own, and an end by TERM when the time is over that its outer guard gave
/// it.
class InnerWorld final : public sys::Within {
 public:
  /// `outer` is the world of the guard around this one. Both must outlive this.
  InnerWorld(World& outer, const sys::Job& job);

  /// The limit of the job came before its command had ended, and which of the two it was.
  [[nodiscard]] std::optional<Outcome::End> overran() const;
  /// When everything that is left of the job gets KILL.
  [[nodiscard]] Instant kill_at() const { return *limit_ + job_.kill_after; }
  /// The terminating signal that came from outside.
  [[nodiscard]] std::optional<int> interrupted() const { return interrupted_; }

  void out(std::string_view text) override { buffer_ += text; }
  void err(std::string_view text) override;
  Result<Exit> finish() override;
  [[nodiscard]] std::optional<std::string> variable(const char* name) const override;
  [[nodiscard]] std::span<const char* const> environment() const override { return environment_; }
  Result<sys::Ended> run(const sys::Job& job) override;
  Result<std::size_t> sweep(Duration grace) override;
  using World::sleep;
  Result<sys::Waited> sleep(Duration span, int wake) override;
  [[nodiscard]] bool listening() const override { return events_.has_value(); }
  void tell(const Record& record) override;
  Result<void> open_events(std::string_view destination, std::string_view tool,
                           const std::string& run) override;

 private:
  bool time_is_over();
  [[nodiscard]] bool killed() const { return limit_ && now() >= kill_at(); }
  Result<void> live() const;

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
