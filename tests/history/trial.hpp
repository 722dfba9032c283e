// A crowd, a cell in a store of files, and the verdict on what they did.
#pragma once

#include <filesystem>

#include "history/crowd.hpp"
#include "history/search.hpp"
#include "history/witness.hpp"
#include "store/store.hpp"
#include "sys/real_world.hpp"

namespace gird::history {

struct Verdict {
  std::string why_not;        ///< empty: all is as it has to be
  std::size_t processes = 0;  ///< in all, with those who replaced killed ones
  std::size_t calls = 0;      ///< in the order that was found
  std::size_t handovers = 0;  ///< of these, calls by another process than the one before
  std::int64_t failed = 0;    ///< calls that the store refused to make
  double run_seconds = 0;
  double judge_seconds = 0;
};

/// One who asks the machine M in a shared cell and writes down what comes of it.
template <class M, const typename M::Config& config>
class Asker {
 public:
  using Watched = Witness<M, config>;
  static constexpr std::string_view key = "shared";

  Asker(const Member& member, Log<M>& log, store::Store& store)
      : member_(member), log_(log), store_(store), random_(member.seed) {}

 protected:
  std::optional<typename M::Answer> ask(const typename M::Ask& ask, store::Hold& hold) {
    const typename Watched::Config nothing;
    Watched::last_breath = doomed(Doom::Where::inside);
    log_.begin();
    const auto answer = store_.step<Watched>(key, &nothing, ask, hold);
    log_.end(answer.has_value());
    if (!answer) return {};
    return *answer;
  }
  /// Looks at the cell, as administration does.
  void look() {
    log_.begin();
    const auto look = store_.look<Watched>(key);
    if (look && *look) {
      log_.note({.look = true,
                 .sequence = (*look)->state.sequence,
                 .now = (*look)->now,
                 .state = digest_of((*look)->state.inner)});
    }
    log_.end(look.has_value());
  }
  [[nodiscard]] bool done() const { return log_.lines().size() >= member_.lines; }
  void die_if_doomed() const {
    if (doomed(Doom::Where::holding)) ::raise(SIGKILL);
  }
  /// A number below `sides`.
  std::uint64_t dice(std::uint64_t sides) { return random_() % sides; }
  double chance() { return std::uniform_real_distribution<>()(random_); }

 private:
  [[nodiscard]] bool doomed(Doom::Where where) const {
    return member_.doom.where == where && log_.lines().size() >= member_.doom.after;
  }

  const Member& member_;
  Log<M>& log_;
  store::Store& store_;
  std::mt19937_64 random_;
};

/// Lets a crowd of C work (an Asker with `work()`) on one cell below `size.folder`, and judges the
/// logs: they have an order that the machine accepts and that ends in the state of the cell. In
/// this order each step is then shown to `rules`: step(ask, now, before, answer, after),
/// finish(last).
template <class M, const typename M::Config& config, class C, class Rules>
class Trial {
 public:
  using Watched = Witness<M, config>;

  Trial(const CrowdSize& size, Rules& rules) : size_(size), rules_(rules) {}

  Verdict hold() {
    std::filesystem::create_directories(cells_);
    std::filesystem::permissions(cells_, std::filesystem::perms::owner_all);
    const std::int64_t begin = stamp();
    const auto logs =
        Crowd<M>(size_, [this](const Member& member, Log<M>& log) { work(member, log); }).run();
    const std::int64_t ended = stamp();
    verdict_.run_seconds = static_cast<double>(ended - begin) / 1e9;
    verdict_.processes = logs.size();
    if (const auto look = read_the_cell()) judge(logs, look->state);
    verdict_.judge_seconds = static_cast<double>(stamp() - ended) / 1e9;
    return verdict_;
  }

 private:
  void work(const Member& member, Log<M>& log) {
    sys::RealWorld world;
    const auto store = store::open(cells_, world);
    if (!store) ::_exit(3);
    Watched::log = &log;
    C(member, log, **store).work();
  }

  std::optional<store::Look<Watched>> read_the_cell() {
    sys::RealWorld world;
    const auto store = store::open(cells_, world);
    if (!store) return missing(store.error());
    auto look = (*store)->template look<Watched>(C::key);
    if (!look) return missing(look.error());
    if (!*look) verdict_.why_not = "the cell is gone";
    return std::move(*look);
  }

  std::nullopt_t missing(const Error& error) {
    verdict_.why_not = error.what + ": " + error.why;
    return std::nullopt;
  }

  void judge(const std::vector<Log<M>>& logs, const typename Watched::State& last) {
    std::vector<typename Search<M>::Log> views;
    for (const Log<M>& log : logs) {
      views.push_back(log.lines());
      verdict_.failed += log.failed();
    }
    const typename Search<M>::End end{last.sequence, digest_of(last.inner)};
    Search<M> search(config, views, end);
    if (!search.accepts()) {
      verdict_.why_not = search.why_not();
      return;
    }
    verdict_.calls = search.calls();
    verdict_.handovers = search.handovers();
    search.walk(
        [this](const Line<M>& line, const auto& before, const auto& answer, const auto& after) {
          rules_.step(line.ask, line.now, before, answer, after);
        });
    rules_.finish(last.inner);
    for (const std::string& complaint : rules_.complaints()) verdict_.why_not += complaint + "\n";
  }

  const CrowdSize& size_;
  Rules& rules_;
  std::string cells_ = size_.folder + "/state";
  Verdict verdict_;
};

}  // namespace gird::history
