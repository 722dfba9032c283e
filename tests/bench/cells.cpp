// Prints what a step on a cell costs: on a file that is open already, on one that has to be opened,
// in the middle of a call (a hold is taken and dropped), and without any file.
//
// usage: cells [DIRECTORY]   the state directory of the cells; a new one in /tmp without
//
// Exit 1 when a goal is missed.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "policy/breaker.hpp"
#include "store/file_store.hpp"
#include "unit/store/counter.hpp"

namespace {

using gird::store::Counter;
using gird::store::FileStore;
using gird::store::Hold;
using gird::store::What;
using std::chrono::steady_clock;

constexpr std::size_t turns = 10'000;

double nanoseconds(steady_clock::duration span) {
  return static_cast<double>(std::chrono::nanoseconds(span).count());
}

bool missed = false;

/// Median and 99th percentile of what one of `batch` goes takes; the goal is in nanoseconds, 0:
/// none.
template <class Work>
void measure(const char* name, std::size_t batch, double goal, Work work) {
  std::vector<double> times;
  for (std::size_t i = 0; i < turns; ++i) {
    const auto before = steady_clock::now();
    for (std::size_t j = 0; j < batch; ++j) work();
    times.push_back(nanoseconds(steady_clock::now() - before) / static_cast<double>(batch));
  }
  std::ranges::sort(times);
  const double median = times[turns / 2];
  std::printf("%-44s median %8.0f ns   p99 %8.0f ns", name, median, times[turns * 99 / 100]);
  if (goal > 0) std::printf("   goal %.0f ns%s", goal, median > goal ? "  MISSED" : "");
  std::printf("\n");
  missed = missed || (goal > 0 && median > goal);
}

void ask(FileStore& store, Hold& hold, What what, std::int64_t ticket = 0) {
  const auto answer = store.step<Counter>("bench", nullptr, {what, ticket}, hold);
  if (answer) return;
  std::fprintf(stderr, "cells: %s: %s\n", answer.error().what.c_str(), answer.error().why.c_str());
  std::exit(1);
}

/// A call that is admitted and recorded, in the machine alone.
void measure_breaker() {
  using gird::policy::Breaker;
  Breaker::State state;
  const Breaker::Config config;
  gird::policy::Micros now = 1;
  std::int64_t allowed = 0;
  measure("breaker: decide and record, no store", 1000, 1000, [&] {
    Breaker::Ask ask;
    const auto admitted = Breaker::step(state, config, ask, ++now);
    allowed += admitted.allowed ? 1 : 0;
    ask.what = Breaker::Ask::What::record;
    ask.ticket = admitted.effects.ticket;
    Breaker::step(state, config, ask, ++now);
  });
  if (allowed == 0) std::exit(1);
}

void measure_files(const std::string& directory) {
  FileStore store(directory);
  Hold none;
  Hold hold;
  measure("breaker: decide and record on a file", 1, 0, [&] {
    using gird::policy::Breaker;
    Breaker::Ask call;
    const auto admitted = store.step<Breaker>("bench", nullptr, call, hold);
    call.what = Breaker::Ask::What::record;
    call.ticket = admitted ? admitted->effects.ticket : 0;
    (void)store.step<Breaker>("bench", nullptr, call, hold);
  });
  ask(store, none, What::count);
  measure("step, file open", 1, 0, [&] { ask(store, none, What::count); });
  measure("step that changes nothing, file open", 1, 0, [&] { ask(store, none, What::peek); });
  measure("open, step, close", 1, 10'000, [&] {
    FileStore own(directory);
    ask(own, none, What::count);
  });
  measure("take a hold, drop it: two steps", 1, 0, [&] {
    ask(store, hold, What::take, 1);
    ask(store, hold, What::drop);
  });
  measure("breaker: open, lock, decide, write, close", 1, 10'000, [&] {
    using gird::policy::Breaker;
    FileStore own(directory);
    // A call that is admitted and vanishes: each step has to be written.
    Hold forgotten;
    (void)own.step<Breaker>("once", nullptr, Breaker::Ask(), forgotten);
  });
  std::vector<Hold> others(Counter::most_holders - 1);
  FileStore theirs(directory);
  for (Hold& other : others) ask(theirs, other, What::take, 2);
  measure("step, seven others hold", 1, 0, [&] { ask(store, none, What::count); });
  measure("look", 1, 0, [&] { (void)store.look<Counter>("bench"); });
}

}  // namespace

int main(int argc, char** argv) {
  char scratch[] = "/tmp/gird-cells-XXXXXX";
  const std::string directory = argc > 1 ? argv[1] : ::mkdtemp(scratch);
  measure_breaker();
  measure_files(directory);
  if (argc == 1) std::filesystem::remove_all(directory);
  return missed ? 1 : 0;
}
