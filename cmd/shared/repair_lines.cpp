// Blocks of whole lines, repaired by whoever is free, given in their order.
#include "shared/repair_lines.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <variant>
#include <vector>

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

/// Whole lines of the input.
struct Block {
  std::string bytes;
  std::uint64_t offset = 0;
  std::uint64_t number = 0;
};

/// What came of a block: text of it or of our own, repairs and rejected lines, in their order.
class Recorded final : public FittedLineSink {
 public:
  explicit Recorded(std::string_view block) : block_(block) {}

  void text(std::string_view bytes) override {
    const auto at = reinterpret_cast<std::uintptr_t>(bytes.data());
    const auto begin = reinterpret_cast<std::uintptr_t>(block_.data());
    if (at >= begin && at + bytes.size() <= begin + block_.size()) {
      items_.emplace_back(bytes);
    } else {
      items_.emplace_back(std::string(bytes));
    }
  }
  void repaired(const json::Repair& repair) override { items_.emplace_back(repair); }
  void rejected(std::string_view line, const json::Refusal& refusal) override {
    items_.emplace_back(Rejected{line, refusal});
  }

  void violated(const json::Violation& violation) override { items_.emplace_back(violation); }

  struct Rejected {
    std::string_view line;
    json::Refusal refusal;
  };
  using Item = std::variant<std::string_view, std::string, json::Repair, Rejected, json::Violation>;
  [[nodiscard]] std::vector<Item>& items() { return items_; }

 private:
  std::string_view block_;
  std::vector<Item> items_;
};

class LineRun {
 public:
  LineRun(TextInput& input, const RepairTask& task, Judging& judging)
      : input_(input),
        task_(task),
        judging_(judging),
        chain_(task.shape, judging),
        unrepairable_(task.lines->rejects ? json::Unrepairable::reject
                                          : json::Unrepairable::refuse) {}

  Result<void> run() {
    {
      std::vector<std::jthread> others;
      for (std::size_t i = 1; i < task_.lines->jobs; ++i) others.emplace_back([this] { work(); });
      work();
    }
    if (error_) return std::unexpected(std::move(*error_));
    if (judging_.exit == yes) TRY(chain_.finish(judging_.file()));
    return {};
  }

 private:
  void work() {
    Block block;
    while (next(block)) {
      Recorded made(block.bytes);
      auto done = task_.schema ? repair_lines_to_schema(block.bytes, task_, unrepairable_, made)
                               : json::repair_lines(block.bytes, task_.settings, task_.lines->bad,
                                                    unrepairable_, made);
      give(block, made, done ? nullptr : &done.error());
    }
  }

  /// The next block, as long as the input goes on and nothing has gone wrong.
  bool next(Block& block) {
    const std::scoped_lock lock(reading_);
    if (ended_ || stopped()) return false;
    block.bytes = std::move(carried_);
    carried_.clear();
    block.offset = taken_;
    while (true) {
      const auto piece = input_.next();
      if (!piece) {
        fail(piece.error());
        return false;
      }
      block.bytes += *piece;
      ended_ = piece->empty();
      const std::size_t end = ended_ ? block.bytes.size() : block.bytes.rfind('\n') + 1;
      if (end > 0 || ended_) {
        carried_.assign(block.bytes, end);
        block.bytes.resize(end);
        break;
      }
      if (block.bytes.size() > longest_line) {
        fail({Fault::system,
              "json-line-limit",
              "read the line at byte " + std::to_string(taken_),
              "it is longer than " + std::to_string(longest_line >> 20) + " MiB",
              {"--sequence auto"}});
        return false;
      }
    }
    taken_ += block.bytes.size();
    block.number = numbers_++;
    return !block.bytes.empty();
  }

  /// Waits for the blocks before this one, and gives it.
  void give(const Block& block, Recorded& made, json::Refusal* refusal) {
    std::unique_lock lock(giving_);
    turn_.wait(lock, [&] { return given_ == block.number; });
    if (!over_) {
      judging_.pass(block.bytes, block.offset);
      for (auto& item : made.items()) give(block, item);
      chain_.first().completed(0);
      if (refusal != nullptr) {
        refusal->offset += block.offset;
        judging_.refused(*refusal);
        over_ = true;
      }
      over_ = over_ || judging_.exit != yes;
      if (auto kept = judging_.draft.kept(); !kept && !error_) {
        error_ = std::move(kept.error());
        over_ = true;
      }
    }
    judging_.settle();
    ++given_;
    lock.unlock();
    turn_.notify_all();
  }

  void give(const Block& block, Recorded::Item& item) {
    if (const auto* view = std::get_if<std::string_view>(&item)) chain_.first().text(*view);
    if (const auto* own = std::get_if<std::string>(&item)) chain_.first().text(*own);
    if (auto* repair = std::get_if<json::Repair>(&item)) {
      repair->offset += block.offset;
      chain_.first().repaired(*repair);
    }
    if (auto* violation = std::get_if<json::Violation>(&item)) {
      violation->offset += block.offset;
      judging_.violated(*violation, judging_.where);
    }
    if (auto* rejected = std::get_if<Recorded::Rejected>(&item)) {
      rejected->refusal.offset += block.offset;
      judging_.rejected(rejected->refusal);
      if (task_.lines->bad == json::BadLines::keep) judging_.kept_bad = true;
      set_aside(rejected->line);
    }
  }

  void set_aside(std::string_view line) {
    if (!task_.lines->rejects || error_) return;
    const std::string text = std::string(line) + "\n";
    const int fault = sys::write_all(task_.lines->rejects->get(), text);
    if (fault != 0) {
      error_ = system_error("write-failed", "write the rejected lines", fault).error();
      over_ = true;
    }
  }

  void fail(Error error) {
    const std::scoped_lock lock(giving_);
    if (!error_) error_ = std::move(error);
    ended_ = true;
  }

  bool stopped() {
    const std::scoped_lock lock(giving_);
    return over_ || judging_.outlet.fault != 0;
  }

  TextInput& input_;
  const RepairTask& task_;
  Judging& judging_;
  ShapeChain chain_;
  json::Unrepairable unrepairable_;

  std::mutex reading_;
  std::string carried_;  ///< the beginning of a line whose end has not come
  std::uint64_t taken_ = 0;
  std::uint64_t numbers_ = 0;
  bool ended_ = false;

  std::mutex giving_;
  std::condition_variable turn_;
  std::uint64_t given_ = 0;
  bool over_ = false;
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

Result<LineTask> line_task(const LineChoice& choice) {
  LineTask task;
  task.bad = choice.bad.value_or(task.bad);
  task.jobs = static_cast<std::size_t>(choice.jobs.value_or(1));
  if (choice.rejects)
    task.rejects = std::make_shared<sys::Fd>(TRY(sys::create_file(*choice.rejects)));
  return task;
}

Result<void> repair_by_lines(TextInput& input, const RepairTask& task, Judging& judging) {
  return LineRun(input, task, judging).run();
}

}  // namespace gird
