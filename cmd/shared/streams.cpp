// Standard streams, laid anew for each attempt.
#include "shared/streams.hpp"

#include <array>
#include <cerrno>
#include <csignal>

#include "base/quoting.hpp"
#include "sys/files.hpp"
#include "sys/spawn.hpp"
#include "sys/spool.hpp"
#include "sys/wakes.hpp"

namespace gird {

std::span<const Choice<InputMode>> choices(InputMode) {
  static constexpr std::array<Choice<InputMode>, 3> all{{
      {"inherit", InputMode::inherit, "what an attempt reads is gone for the next"},
      {"replay", InputMode::replay, "every attempt reads the same bytes"},
      {"null", InputMode::null, "nothing to read"},
  }};
  return all;
}

std::span<const Choice<OutputMode>> choices(OutputMode) {
  static constexpr std::array<Choice<OutputMode>, 2> all{{
      {"stream", OutputMode::stream, "every attempt writes straight through"},
      {"hold", OutputMode::hold, "only the final attempt's output leaves"},
  }};
  return all;
}

Streams::Streams(StreamPlan plan, Watch& watch) : plan_(std::move(plan)), watch_(watch) {
  if (plan_.input == InputMode::replay) {
    replay_ = std::make_unique<sys::Replay>();
    pumps_.push_back(replay_.get());
  }
  if (watch_.wants_stderr()) {
    stderr_ =
        std::make_unique<sys::Tap>(2, [this](std::string_view bytes) { watch_.see_stderr(bytes); });
    pumps_.push_back(stderr_.get());
  }
  if (plan_.pushback_descriptor) {
    pushback_ = std::make_unique<sys::Tap>(
        -1, [this](std::string_view bytes) { watch_.see_pushback(bytes); });
    pumps_.push_back(pushback_.get());
  }
}

/// Waits for a reader as the world waits for anything: guards around in this process keep what they
/// hold meanwhile, and their limits hold.
class Streams::Room {
 public:
  explicit Room(World& world) : world_(world) {}

  bool await(int target) {
    // Who was interrupted before writes to its end, and cannot be any more.
    if (!begun_) before_ = interrupted(world_.sleep(Duration::zero()));
    begun_ = true;
    if (before_) return sys::poll_for_room(target);
    auto wakes = sys::Wakes::open();
    if (!wakes || !wakes->add_output(target)) return sys::poll_for_room(target);
    signal_ = interrupted(world_.sleep(Duration::max(), wakes->get()));
    return !signal_;
  }
  [[nodiscard]] sys::AwaitRoom wait() {
    return [this](int target) { return await(target); };
  }
  /// The signal that ended the waiting.
  [[nodiscard]] std::optional<int> signal() const { return signal_; }

 private:
  static std::optional<int> interrupted(const Result<sys::Waited>& waited) {
    return waited ? waited->interrupted : std::nullopt;
  }

  World& world_;
  bool begun_ = false;
  std::optional<int> before_;
  std::optional<int> signal_;
};

Result<void> Streams::lay(sys::Job& job,
                          std::vector<std::pair<std::string, std::string>>& variables) {
  watch_.begin();
  if (replay_) job.in = TRY(replay_->next());
  if (plan_.input == InputMode::null) {
    if (!null_) null_ = TRY(sys::null_input());
    job.in = null_.get();
  }
  if (plan_.hold) {
    held_ = TRY(sys::make_spool());
    job.out = held_.get();
  }
  if (stderr_) job.err = TRY(stderr_->next());
  if (pushback_) {
    job.extra = TRY(pushback_->next());
    job.extra_as = sys::free_for_child(job.extra);
    variables.emplace_back("GIRD_PUSHBACK_FD", std::to_string(job.extra_as));
  }
  job.pumps = pumps_;
  return {};
}

Result<void> Streams::inspect() {
  if (!plan_.hold || !watch_.wants_stdout()) return {};
  std::vector<char> buffer(64 << 10);
  // What is there now: something the attempt left behind may be writing on.
  const off_t size = sys::spool_size(held_.get());
  for (off_t from = 0; from < size;) {
    const ssize_t count = ::pread(held_.get(), buffer.data(), buffer.size(), from);
    if (count == 0) break;
    if (count < 0) return system_error("spool-failed", "read the held output", errno);
    watch_.see_stdout({buffer.data(), static_cast<std::size_t>(count)});
    from += count;
  }
  return {};
}

Result<Exit> Streams::leave(Exit exit, World& world) {
  if (const int full = held_ ? sys::spool_full(held_.get()) : 0) {
    Error error{Fault::system,
                "held-cut-short",
                "hold the output",
                errno_text(full) + ", so it may be cut short",
                {"TMPDIR=/var/tmp " + world.tool() + " ..."}};
    if (exit == yes) return std::unexpected(std::move(error));
    // A command that failed by it has its status; its output stays back all the same.
    world.say(error.what + ": " + error.why);
    return exit;
  }
  Room room(world);
  const int fault = release(room);
  if (room.signal()) return died_of(*room.signal());
  if (fault == EPIPE) return died_of(SIGPIPE);
  if (fault != 0) return system_error("write-failed", "write error", fault);
  return exit;
}

int Streams::release(Room& room) {
  if (replay_) replay_->settle();
  if (!held_) return 0;
  const int fault = sys::copy_spool(held_.get(), 1, room.wait());
  held_.reset();
  return fault != 0 ? fault : sys::settle_checked(1);
}

Result<void> Streams::set_aside(World& world) {
  if (!held_) return {};
  const sys::Fd held = std::move(held_);
  if (plan_.failed_output == "drop") return {};
  if (plan_.failed_output == "stderr") {
    Room room(world);
    sys::copy_spool(held.get(), 2, room.wait());  // standard error has nowhere to report to
    return {};
  }
  sys::Fd file = TRY(sys::append_file(plan_.failed_output));
  int fault = sys::copy_spool(held.get(), file.get());
  const int closed = sys::close_checked(file.release());
  if (fault == 0) fault = closed;
  if (fault != 0) {
    return system_error("write-failed", "write " + shell_quoted(plan_.failed_output), fault);
  }
  return {};
}

}  // namespace gird
