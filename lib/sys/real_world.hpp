// The World that is the world.
#pragma once

#include <array>
#include <memory>

#include "sys/event_sink.hpp"
#include "sys/runner.hpp"
#include "sys/world.hpp"

namespace gird::sys {

class RealWorld final : public World {
 public:
  void out(std::string_view text) override;
  void err(std::string_view text) override;
  Result<Exit> finish() override;
  [[nodiscard]] bool err_is_terminal() const override;
  [[nodiscard]] std::optional<TerminalSize> out_terminal() const override;

  [[nodiscard]] Instant now() const override;
  [[nodiscard]] Time wall() const override;
  std::uint64_t entropy() override;
  [[nodiscard]] std::optional<std::string> variable(const char* name) const override;
  [[nodiscard]] std::span<const char* const> environment() const override;
  Result<std::optional<std::string>> read_configuration(const std::string& path) override;

  Result<Ended> run(const Job& job) override;
  Result<std::size_t> sweep(Duration grace) override;
  Result<Helper> start_helper(const std::string& program) override;
  Result<void> begin_inner(Ticker* ticker) override;
  void end_inner() override;
  using World::sleep;
  Result<Waited> sleep(Duration span, int wake) override;

  [[nodiscard]] bool listening() const override { return events_.has_value(); }
  void tell(const Record& record) override;
  Result<void> open_events(std::string_view destination, std::string_view tool,
                           const std::string& run) override;

 private:
  Result<Runner*> runner();

  std::string buffer_;
  std::array<std::uint64_t, 4> entropy_{};  ///< drawn at once: a run takes three
  std::size_t entropy_left_ = 0;
  std::unique_ptr<Runner> runner_;
  std::optional<EventSink> events_;
  std::optional<Journal> journal_;
};

}  // namespace gird::sys
