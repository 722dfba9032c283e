// Judging one input.
#include "shared/repair_run.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <utility>

#include "base/quoting.hpp"
#include "json/repairer.hpp"
#include "shared/repair_fit_whole.hpp"
#include "shared/repair_judging.hpp"
#include "shared/repair_lines.hpp"

namespace gird {
namespace {

/// Gives what was kept to a chain of stages.
class Replayed final : public sys::Draft::Visitor {
 public:
  Replayed(const TextInput& input, json::Sink& sink) : input_(input), sink_(sink) {}

  void range(std::uint64_t from, std::uint64_t count) override {
    std::string piece;
    while (count > 0 && fault == 0) {
      constexpr std::uint64_t step = 128 << 10;
      piece.resize(std::min(step, count));
      const ssize_t got =
          ::pread(input_.number(), piece.data(), piece.size(), static_cast<off_t>(from));
      if (got <= 0) fault = got == 0 ? ESTALE : errno;
      if (got <= 0) return;
      sink_.text(std::string_view(piece).substr(0, static_cast<std::size_t>(got)));
      from += static_cast<std::uint64_t>(got);
      count -= static_cast<std::uint64_t>(got);
    }
  }
  void bytes(std::string_view text) override { sink_.text(text); }

  int fault = 0;

 private:
  const TextInput& input_;
  json::Sink& sink_;
};

/// The look for equal keys, if there is one.
class Keys {
 public:
  Keys(const std::optional<KeyTask>& task, json::Sink& next) : first_(&next) {
    if (!task) return;
    find_.emplace(next, task->duplicate, spill_, task->secret, stage_memory);
    first_ = &*find_;
  }

  [[nodiscard]] json::Sink& first() { return *first_; }
  [[nodiscard]] json::FindDuplicates* found() { return find_ ? &*find_ : nullptr; }
  Result<void> finish() { return find_ ? find_->finish() : Result<void>(); }

 private:
  SpoolSpill spill_;
  std::optional<json::FindDuplicates> find_;
  json::Sink* first_;
};

/// What needs all of the text: members that go because of one that follows; and a layout around
/// documents that become an array, whose bracket is known to be needed when the second one begins.
bool takes_two_passes(const RepairTask& task) {
  const bool array = task.settings.sequence == json::Sequence::array;
  return task.output && (task.shape.content.drops() || (array && !task.shape.keeps()));
}

/// The second pass, over what was kept.
Result<void> shape_afterwards(const TextInput& input, const RepairTask& task, Keys& keys,
                              Judging& judging) {
  sys::Draft whole = std::exchange(judging.draft, sys::Draft());
  ShapeChain chain(task.shape, judging);
  std::optional<json::DropMembers> drop;
  if (task.shape.content.drops() && keys.found() != nullptr)
    drop.emplace(chain.first(), *keys.found());
  Replayed replayed(input, drop ? *drop : chain.first());
  const int fault = whole.visit(replayed);
  if (fault != 0 || replayed.fault != 0) {
    return system_error("spool-failed", "read the repaired text again",
                        fault != 0 ? fault : replayed.fault);
  }
  if (drop) TRY(drop->finish());
  return chain.finish(judging.file());
}

/// Pushes all of the input through one repairer, as long as nothing has gone wrong.
Result<void> repair_to_end(TextInput& input, const RepairTask& task, Judging& judging,
                           json::Sink& next) {
  json::Repairer repairer(task.settings, next);
  while (true) {
    const std::string_view piece = TRY(input.next());
    judging.pass(piece, input.passed() - piece.size());
    const auto taken = piece.empty() ? repairer.finish() : repairer.push(piece);
    if (!taken) {
      judging.refused(taken.error());
      return {};
    }
    if (const auto removal = repairer.open_removal()) judging.where.keep(*removal);
    judging.settle();
    TRY(judging.draft.kept());
    if (piece.empty() || judging.exit != yes || judging.outlet.fault != 0) return {};
  }
}

/// The number of the largest document, for which the text is read once more, before all else.
Result<std::uint64_t> largest_in(const TextInput& input, const json::Settings& settings) {
  std::string piece;
  auto at = static_cast<off_t>(input.start());
  int fault = 0;
  const std::uint64_t number = json::largest_document(settings, [&]() -> std::string_view {
    constexpr std::size_t step = 256 << 10;
    piece.resize(step);
    const ssize_t got = ::pread(input.number(), piece.data(), step, at);
    if (got < 0) fault = errno;
    if (got <= 0) return {};
    at += got;
    return {piece.data(), static_cast<std::size_t>(got)};
  });
  if (fault != 0) return system_error("file-unreadable", "read the text for the first time", fault);
  return number;
}

/// All of the input as one text.
Result<void> repair_whole(TextInput& input, const RepairTask& task, Judging& judging) {
  const bool twice = takes_two_passes(task);
  ShapeChain chain(twice || !task.output ? RepairShape() : task.shape, judging);
  // What a schema judges has its keys seen to before.
  Keys keys(task.schema ? std::optional<KeyTask>() : task.keys, chain.first());
  if (task.schema) {
    TRY(repair_to_schema(input, task, judging, keys.first()));
    TRY(judging.draft.kept());
  } else {
    TRY(repair_to_end(input, task, judging, keys.first()));
  }
  if (judging.exit != yes || judging.outlet.fault != 0) return {};
  TRY(keys.finish());
  if (judging.exit != yes) return {};
  return twice ? shape_afterwards(input, task, keys, judging) : chain.finish(judging.file());
}

}  // namespace

bool Judged::unchanged() {
  return !input.transcoded() && input.lasting() && draft.size() == input.passed() &&
         draft.equals(input.number(), input.start());
}

Result<Judged> judge(const std::string& file, const RepairTask& task,
                     const RepairListeners& listeners) {
  const bool largest = task.settings.extract == json::Extract::largest;
  TextInput input = TRY(TextInput::open(file, task.lasting || largest));
  RepairTask own = task;
  if (largest) own.settings.only_document = TRY(largest_in(input, own.settings));
  Judging judging(file, own, input, listeners);
  if (own.lines) {
    TRY(repair_by_lines(input, own, judging));
  } else {
    TRY(repair_whole(input, own, judging));
  }
  judging.outlet.flush();
  const int fault = judging.outlet.fault;
  if (fault == EPIPE) judging.exit = died_of(SIGPIPE);
  if (fault != 0 && fault != EPIPE) return system_error("write-failed", "write error", fault);
  if (!input.bytes().unchanged()) {
    return std::unexpected(Error{Fault::system, "file-changed", "read " + shell_quoted(file),
                                 "it was changed meanwhile"});
  }
  return Judged{std::move(input), std::move(judging.draft), judging.counts, judging.kept_bad,
                judging.exit};
}

}  // namespace gird
