// The long runs of many processes with one cell. Prints what was verified.
//
// usage: transitions FOLDER breaker|bucket|window|places PROCESSES STEPS [SEED]
// Each of the processes takes so many steps; as many of them as there are at once are killed on the
// way and replaced. FOLDER is one's own; it takes 200 bytes for each step. Exit 1 when the logs are
// not accepted.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "history/breaker_crowd.hpp"
#include "history/limiter_crowd.hpp"

namespace {

using gird::history::BreakerRules;
using gird::history::CrowdSize;
using gird::history::LimiterRules;
using gird::history::Verdict;

long long number(auto value) { return static_cast<long long>(value); }

void print(const BreakerRules::Totals& totals) {
  std::printf(
      "  opened %lld times, half-open %lld, closed %lld; %lld probes, at most %lld at once\n",
      number(totals.opened), number(totals.half_opened), number(totals.closed),
      number(totals.probes), number(totals.most_probes));
  std::printf("  %lld let through, %lld refused, %lld vanished\n", number(totals.allowed),
              number(totals.refused), number(totals.vanished));
}

void print(const LimiterRules::Totals& totals) {
  std::printf("  %lld let through, %lld refused, %lld queued, %lld vanished\n",
              number(totals.let_through), number(totals.refused), number(totals.queued),
              number(totals.vanished));
  if (totals.fullest > 0) {
    std::printf("  the fullest span of time had %.4f of what it may have\n", totals.fullest);
  }
  if (totals.most_at_once > 0) {
    std::printf("  at most %lld at once, the longest queue %lld\n", number(totals.most_at_once),
                number(totals.longest_queue));
  }
}

/// Whether it is as it has to be.
bool told(std::string_view what, const auto& verdict) {
  const Verdict& common = verdict;
  std::printf("%.*s: %lld steps in %.1f s, %zu processes one after the other or at once\n",
              static_cast<int>(what.size()), what.data(), number(verdict.totals.steps),
              common.run_seconds, common.processes);
  std::printf("  %zu calls by another process than the one before, %lld not to be made in time\n",
              common.handovers, number(common.failed));
  print(verdict.totals);
  if (common.why_not.empty()) {
    std::printf(
        "  accepted in %.1f s: one order of all steps, in the order of their times, in which\n"
        "  the machine answers so and leaves the state of the cell; every rule is kept in it\n",
        common.judge_seconds);
  } else {
    std::printf("  REJECTED: %s\n", common.why_not.c_str());
  }
  return common.why_not.empty();
}

bool run(std::string_view what, const CrowdSize& size) {
  if (what == "breaker") return told(what, gird::history::try_breaker(size));
  if (what == "bucket") return told(what, gird::history::try_bucket(size));
  if (what == "window") return told(what, gird::history::try_window(size));
  if (what == "places") return told(what, gird::history::try_places(size));
  std::fprintf(stderr, "transitions: unknown: %.*s\n", static_cast<int>(what.size()), what.data());
  std::exit(2);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fputs("usage: transitions FOLDER breaker|bucket|window|places PROCESSES STEPS [SEED]\n",
               stderr);
    return 2;
  }
  const std::size_t processes = std::strtoul(argv[3], nullptr, 10);
  const CrowdSize size{.processes = processes,
                       .lines = std::strtoul(argv[4], nullptr, 10),
                       .kills = processes,
                       .seed = argc > 5 ? std::strtoul(argv[5], nullptr, 10) : 1,
                       .folder = argv[1]};
  std::filesystem::create_directories(size.folder);
  return run(argv[2], size) ? 0 : 1;
}
