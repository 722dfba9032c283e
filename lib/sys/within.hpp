// A World inside another.
#pragma once

#include "sys/world.hpp"

namespace gird::sys {

/// Hands everything on to the world around it; what is to be different is overridden.
class Within : public World {
 public:
  /// `outer` must outlive this.
  explicit Within(World& outer) : outer_(outer) {}

  void out(std::string_view text) override { outer_.out(text); }
  void err(std::string_view text) override { outer_.err(text); }
  Result<Exit> finish() override { return outer_.finish(); }
  [[nodiscard]] bool err_is_terminal() const override { return outer_.err_is_terminal(); }
  [[nodiscard]] std::optional<TerminalSize> out_terminal() const override {
    return outer_.out_terminal();
  }
  [[nodiscard]] Instant now() const override { return outer_.now(); }
  [[nodiscard]] Time wall() const override { return outer_.wall(); }
  std::uint64_t entropy() override { return outer_.entropy(); }
  [[nodiscard]] std::optional<std::string> variable(const char* name) const override {
    return outer_.variable(name);
  }
  [[nodiscard]] std::span<const char* const> environment() const override {
    return outer_.environment();
  }
  Result<std::optional<std::string>> read_configuration(const std::string& path) override {
    return outer_.read_configuration(path);
  }
  Result<Ended> run(const Job& job) override { return outer_.run(job); }
  Result<std::size_t> sweep(Duration grace) override { return outer_.sweep(grace); }
  Result<Helper> start_helper(const std::string& program) override {
    return outer_.start_helper(program);
  }
  Result<void> begin_inner(Ticker* ticker) override { return outer_.begin_inner(ticker); }
  void end_inner() override { outer_.end_inner(); }
  using World::sleep;
  Result<Waited> sleep(Duration span, int wake) override { return outer_.sleep(span, wake); }
  [[nodiscard]] bool listening() const override { return outer_.listening(); }
  void tell(const Record& record) override { outer_.tell(record); }
  Result<void> open_events(std::string_view destination, std::string_view tool,
                           const std::string& run) override {
    return outer_.open_events(destination, tool, run);
  }

 protected:
  [[nodiscard]] World& outer() const { return outer_; }

 private:
  World& outer_;
};

}  // namespace gird::sys
