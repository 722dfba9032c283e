// Whether a command is a guard of ours, and running it here.
#include "fusion.hpp"

#include <algorithm>
#include <vector>

#include "dispatch.hpp"
#include "inner_world.hpp"
#include "sys/program.hpp"
#include "sys/search.hpp"

namespace gird {
namespace {

/// PATH as the job's command would find it.
const char* path_for(const sys::Job& job, const World& world) {
  for (const auto& [name, value] : job.variables) {
    if (name == "PATH") return value.c_str();
  }
  return sys::path_among(world.environment());
}

/// Whether the command has our own streams and nothing else of ours.
bool is_plain(const sys::Job& job) {
  return job.in == 0 && job.out == 1 && job.err == 2 && job.extra < 0 && job.pumps.empty();
}

sys::Ended ended_with(Exit exit, Duration took) {
  sys::Ended ended;
  ended.outcome.end = exit.signal != 0 ? Outcome::End::signalled : Outcome::End::exited;
  ended.outcome.code = exit.signal != 0 ? exit.signal : exit.code;
  ended.outcome.took = took;
  return ended;
}

}  // namespace

Result<sys::Ended> Fusing::run(const sys::Job& job) {
  sys::Search search(job.argv.front(), path_for(job, outer()));
  sys::Job searched = job;
  searched.search = &search;
  const bool here = job.fuse && depth_ < deepest && is_plain(job) && search.found() &&
                    sys::is_this_program(search.file(), search.info());
  if (!here) return outer().run(searched);
  std::vector<const char*> words;
  for (const std::string& word : job.argv) words.push_back(word.c_str());
  if (!names_wrapper(words)) return outer().run(searched);
  return run_inside(job, words);
}

Result<sys::Ended> Fusing::run_inside(const sys::Job& job, std::span<const char* const> words) {
  TRY(outer().begin_inner(job.ticker));
  const Instant begun = now();
  InnerWorld world(outer(), job);
  const Exit exit = dispatch(words, world, depth_ + 1);
  outer().end_inner();
  sys::Ended ended = ended_with(exit, now() - begun);
  if (const auto end = world.overran()) {
    ended.outcome.end = *end;
    ended.outcome.code = 0;
    ended.survivors = TRY(sweep(std::max(world.kill_at() - now(), Duration::zero())));
  }
  ended.interrupted = world.interrupted();
  return ended;
}

}  // namespace gird
