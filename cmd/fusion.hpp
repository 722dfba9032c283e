// Guards whose command is another guard, in one process.
#pragma once

#include "sys/world.hpp"

namespace gird {

/// The world of a wrapper. A command that is gird itself, by inode and not by name, and is another
/// wrapper there, is not executed: it is run in this process, in a world that shows it what it
/// would find as a process of its own. Nobody can tell but by counting processes. Executed all the
/// same is what has its streams redirected or watched, what `Job::fuse` keeps apart, and what
/// stands deeper than `deepest`.
class Fusing final : public World {
 public:
  static constexpr int deepest = 16;  ///< a guard takes some kilobytes of stack

  /// `depth` is the number of guards of this process around this one.
  Fusing(World& around, int depth) : around_(around), depth_(depth) {}

  void out(std::string_view text) override { around_.out(text); }
  void err(std::string_view text) override { around_.err(text); }
  Result<Exit> finish() override { return around_.finish(); }
  [[nodiscard]] bool err_is_terminal() const override { return around_.err_is_terminal(); }
  [[nodiscard]] std::optional<TerminalSize> out_terminal() const override {
    return around_.out_terminal();
  }
  [[nodiscard]] Instant now() const override { return around_.now(); }
  [[nodiscard]] Time wall() const override { return around_.wall(); }
  std::uint64_t entropy() override { return around_.entropy(); }
  [[nodiscard]] std::optional<std::string> variable(const char* name) const override {
    return around_.variable(name);
  }
  [[nodiscard]] std::span<const char* const> environment() const override {
    return around_.environment();
  }
  Result<std::optional<std::string>> read_configuration(const std::string& path) override {
    return around_.read_configuration(path);
  }
  Result<sys::Ended> run(const sys::Job& job) override;
  Result<std::size_t> sweep(Duration grace) override { return around_.sweep(grace); }
  Result<sys::Helper> start_helper(const std::string& program) override {
    return around_.start_helper(program);
  }
  using World::sleep;
  Result<sys::Waited> sleep(Duration span, int wake) override { return around_.sleep(span, wake); }
  [[nodiscard]] bool listening() const override { return around_.listening(); }
  void tell(const Record& record) override { around_.tell(record); }
  Result<void> open_events(std::string_view destination, std::string_view tool,
                           const std::string& run) override {
    return around_.open_events(destination, tool, run);
  }

 private:
  Result<sys::Ended> run_inside(const sys::Job& job, std::span<const char* const> words);

  World& around_;
  int depth_;
};

}  // namespace gird
