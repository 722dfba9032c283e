// Blocks of whole lines, repaired by whoever is free, given in their order.
#include "shared/repair_lines.hpp"

#include <array>
#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "shared/line_blocks.hpp"
#include "shared/line_record.hpp"
#include "shared/repair_fit_lines.hpp"
#include "shared/repair_judging.hpp"
#include "sys/files.hpp"

namespace gird::json {

std::span<const Choice<BadLines>> choices(BadLines) {
  static constexpr std::array<Choice<BadLines>, 4> all{{
      {"repair", BadLines::repair, "they are repaired"},
      {"skip", BadLines::skip, "they are left out"},
      {"keep", BadLines::keep, "they are left as they are"},
      {"fail", BadLines::fail, "the first one is the end"},
  }};
  return all;
}

}  // namespace gird::json

namespace gird {
namespace {

/// Takes what came of the blocks, in their order: by one thread at a time.
class LineOutlet final : public FittedLineSink {
 public:
  LineOutlet(const RepairTask& task, Judging& judging)
      : task_(task), judging_(judging), chain_(task.shape, judging) {}

  void begin(const LineBlock& block) {
    offset_ = block.offset;
    if (!over_) judging_.pass(block.bytes, block.offset);
  }

  void text(std::string_view bytes) override {
    if (!over_) chain_.first().text(bytes);
  }
  void repaired(const json::Repair& repair) override {
    if (!over_) chain_.first().repaired(moved(repair));
  }
  void violated(const json::Violation& violation) override {
    if (!over_) judging_.violated(moved(violation), judging_.where);
  }
  void rejected(std::string_view line, const json::Refusal& refusal) override {
    if (over_) return;
    judging_.rejected(moved(refusal));
    if (task_.lines->bad == json::BadLines::keep) judging_.kept_bad = true;
    set_aside(line);
  }

  void end(const std::optional<json::Refusal>& refusal) {
    if (!over_) {
      chain_.first().completed(0);
      if (refusal) judging_.refused(moved(*refusal));
      if (auto kept = judging_.draft.kept(); !kept && !error_) error_ = std::move(kept.error());
      over_ = error_ || judging_.exit != yes || judging_.outlet.fault != 0;
    }
    judging_.settle();
  }

  /// Nothing more is taken.
  [[nodiscard]] bool over() const { return over_; }

  /// All blocks were given.
  Result<void> finish() {
    if (error_) return std::unexpected(std::move(*error_));
    if (judging_.exit != yes) return {};
    return chain_.finish(judging_.file());
  }

 private:
  /// From its place in the block to its place in the input.
  template <class Told>
  [[nodiscard]] Told moved(Told told) const {
    told.offset += offset_;
    return told;
  }

  void set_aside(std::string_view line) {
    if (!task_.lines->rejects || error_) return;
    if (auto written = task_.lines->rejects->write(line); !written)
      error_ = std::move(written.error());
  }

  const RepairTask& task_;
  Judging& judging_;
  ShapeChain chain_;
  std::uint64_t offset_ = 0;
  std::atomic<bool> over_ = false;  ///< asked by all threads
  std::optional<Error> error_;
};

/// Brings what comes of the blocks into their order. Nobody waits for those before him, but who
/// would keep too much.
class LineOrder {
 public:
  LineOrder(LineOutlet& outlet, std::size_t jobs)
      : outlet_(outlet),
        most_blocks_(2 * jobs),
        // One alone is always next.
        most_kept_(jobs == 1 ? 0 : most_memory / most_blocks_) {}

  /// Waits until there is room for one more block.
  void await_room() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return blocks_ < most_blocks_ && bytes_ < most_bytes; });
  }
  void entered(const LineBlock& block) {
    const std::scoped_lock lock(mutex_);
    ++blocks_;
    bytes_ += block.bytes.size();
  }

  /// How large the next block may be: as much as one read gives, where what comes of it can be
  /// kept.
  [[nodiscard]] std::size_t most_lines() const { return dense_ ? 32 << 10 : 256 << 10; }
  /// How much of a block's outcome may be kept.
  [[nodiscard]] std::size_t most_kept() const { return most_kept_; }

  /// Waits for the blocks before this one; until `leave` the outlet is the caller's.
  LineOutlet& take_turn(const LineBlock& block) {
    std::unique_lock lock(mutex_);
    dense_ = most_kept_ > 0;
    changed_.wait(lock, [&] { return next_ == block.number && !busy_; });
    busy_ = true;
    lock.unlock();
    outlet_.begin(block);
    return outlet_;
  }
  void leave(const LineBlock& block, const std::optional<json::Refusal>& refusal) {
    outlet_.end(refusal);
    std::unique_lock lock(mutex_);
    given(block);
    give_kept(lock);
  }

  void keep(LineBlock block, std::unique_ptr<LineRecord> record,
            std::optional<json::Refusal> refusal) {
    std::unique_lock lock(mutex_);
    const std::uint64_t number = block.number;
    kept_.emplace(number, Kept{std::move(block), std::move(record), std::move(refusal)});
    if (!busy_) give_kept(lock);
  }

 private:
  static constexpr std::size_t most_memory = 2 << 20;
  static constexpr std::size_t most_bytes = 1 << 20;

  struct Kept {
    LineBlock block;
    std::unique_ptr<LineRecord> record;
    std::optional<json::Refusal> refusal;
  };

  void given(const LineBlock& block) {
    busy_ = false;
    ++next_;
    --blocks_;
    bytes_ -= block.bytes.size();
    changed_.notify_all();
  }

  /// What has come and is next.
  void give_kept(std::unique_lock<std::mutex>& lock) {
    while (auto found = kept_.extract(next_)) {
      busy_ = true;
      lock.unlock();
      const Kept& kept = found.mapped();
      outlet_.begin(kept.block);
      kept.record->replay(kept.block.bytes, outlet_);
      outlet_.end(kept.refusal);
      lock.lock();
      given(kept.block);
    }
  }

  LineOutlet& outlet_;
  std::size_t most_blocks_;
  std::size_t most_kept_;
  std::atomic<bool> dense_ = false;  ///< lines become many times as large
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint64_t, Kept> kept_;
  std::uint64_t next_ = 0;  ///< block to give
  std::size_t blocks_ = 0;  ///< that were read and are not given
  std::size_t bytes_ = 0;   ///< of them
  bool busy_ = false;       ///< somebody gives
};

/// What comes of one block: kept, as long as that is not much.
class Outcome final : public FittedLineSink {
 public:
  Outcome(LineOrder& order, const LineBlock& block)
      : order_(order), block_(block), record_(std::make_unique<LineRecord>(block.bytes)) {}

  void text(std::string_view bytes) override { sink().text(bytes); }
  void repaired(const json::Repair& repair) override { sink().repaired(repair); }
  void rejected(std::string_view line, const json::Refusal& refusal) override {
    sink().rejected(line, refusal);
  }
  void violated(const json::Violation& violation) override { sink().violated(violation); }

  /// The block is `block`, which may be moved away.
  void finish(LineBlock& block, std::optional<json::Refusal> refusal) {
    if (outlet_ != nullptr) {
      order_.leave(block, refusal);
    } else {
      order_.keep(std::move(block), std::move(record_), std::move(refusal));
    }
  }

 private:
  FittedLineSink& sink() {
    if (outlet_ == nullptr && record_->size() >= order_.most_kept()) {
      outlet_ = &order_.take_turn(block_);
      record_->replay(block_.bytes, *outlet_);
      record_.reset();
    }
    if (outlet_ != nullptr) return *outlet_;
    return *record_;
  }

  LineOrder& order_;
  const LineBlock& block_;
  std::unique_ptr<LineRecord> record_;
  LineOutlet* outlet_ = nullptr;  ///< once it is this block's turn
};

class LineRun {
 public:
  LineRun(TextInput& input, const RepairTask& task, Judging& judging)
      : blocks_(input),
        task_(task),
        outlet_(task, judging),
        order_(outlet_, task.lines->jobs),
        unrepairable_(task.lines->rejects ? json::Unrepairable::reject
                                          : json::Unrepairable::refuse) {}

  Result<void> run() {
    {
      std::vector<std::jthread> others;
      for (std::size_t i = 1; i < task_.lines->jobs; ++i) others.emplace_back([this] { work(); });
      work();
    }
    if (error_) return std::unexpected(std::move(*error_));
    return outlet_.finish();
  }

 private:
  void work() {
    LineBlock block;
    while (next(block)) {
      Outcome outcome(order_, block);
      auto done = task_.schema ? repair_lines_to_schema(block.bytes, task_, unrepairable_, outcome)
                               : json::repair_lines(block.bytes, task_.settings, task_.lines->bad,
                                                    unrepairable_, outcome);
      std::optional<json::Refusal> refusal;
      if (!done) refusal = std::move(done.error());
      outcome.finish(block, std::move(refusal));
    }
  }

  /// The next block, as long as the input goes on and nothing has gone wrong.
  bool next(LineBlock& block) {
    const std::scoped_lock lock(reading_);
    order_.await_room();
    if (ended_ || outlet_.over()) return false;
    const auto more = blocks_.next(block, order_.most_lines());
    if (!more) error_ = more.error();
    ended_ = !more || !*more;
    if (!ended_) order_.entered(block);
    return !ended_;
  }

  LineBlocks blocks_;
  const RepairTask& task_;
  LineOutlet outlet_;
  LineOrder order_;
  json::Unrepairable unrepairable_;

  std::mutex reading_;
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace

cli::Rows line_rows(LineChoice& choice) {
  using cli::Row;
  return {
      Row("One document a line"),
      Row("--bad-lines", choice.bad, "HOW",
          "lines that are not valid: repair, skip, keep or fail; implies --sequence ndjson")
          .otherwise("repair"),
      Row("--rejects", choice.rejects, "FILE",
          "write lines that were not repaired to FILE; implies --sequence ndjson")
          .completes(cli::Completes::file)
          .only_typed(),
      Row("--jobs", choice.jobs, "N", "repair on N threads; implies --sequence ndjson")
          .otherwise("1"),
  };
}

Result<void> check(const LineChoice& choice) {
  constexpr std::int64_t most_jobs = 64;
  if (choice.jobs && (*choice.jobs < 1 || *choice.jobs > most_jobs)) {
    return misuse("value-integer", "--jobs " + std::to_string(*choice.jobs),
                  "must be from 1 to " + std::to_string(most_jobs));
  }
  if (choice.rejects && choice.bad == json::BadLines::fail) {
    return misuse("options-contradict", "--rejects",
                  "with --bad-lines fail the first bad line is the end");
  }
  return {};
}

Result<void> Rejects::open() {
  if (number_ >= 0) return {};
  if (path_ != "-") file_ = TRY(sys::create_file(path_));
  number_ = file_ ? file_.get() : 1;
  return {};
}

Result<void> Rejects::write(std::string_view line) const {
  const int fault = sys::write_all(number_, std::string(line) + "\n");
  if (fault != 0) return system_error("write-failed", "write the rejected lines", fault);
  return {};
}

LineTask line_task(const LineChoice& choice) {
  LineTask task;
  task.bad = choice.bad.value_or(task.bad);
  task.jobs = static_cast<std::size_t>(choice.jobs.value_or(1));
  if (choice.rejects) task.rejects = std::make_shared<Rejects>(*choice.rejects);
  return task;
}

Result<void> repair_by_lines(TextInput& input, const RepairTask& task, Judging& judging) {
  if (task.lines->rejects) TRY(task.lines->rejects->open());
  return LineRun(input, task, judging).run();
}

}  // namespace gird
