// A store of files in a scratch folder, for the cases of stores.
#pragma once

#include <sys/wait.h>

#include "store/file_store.hpp"
#include "unit/store/counter.hpp"
#include "unit/sys/scratch.hpp"

namespace gird::store {

struct Files {
  sys::Scratch scratch;
  std::string directory = scratch.path("state");
  FileStore store{directory};
  Hold none;

  [[nodiscard]] std::string path(std::string_view key = "key") const {
    return directory + "/counter/" + std::string(key) + ".cell";
  }
  Result<Counter::Answer> try_ask(What what = What::count, std::int64_t ticket = 0) {
    return store.step<Counter>("key", nullptr, {what, ticket}, none);
  }
  Counter::Answer ask(What what = What::count, std::int64_t ticket = 0) {
    return ask(none, what, ticket);
  }
  Counter::Answer ask(Hold& hold, What what, std::int64_t ticket = 0) {
    auto answer = store.step<Counter>("key", nullptr, {what, ticket}, hold);
    if (!answer) throw std::runtime_error(answer.error().what + ": " + answer.error().why);
    return *answer;
  }
  std::optional<Look<Counter>> try_look() { return store.look<Counter>("key").value(); }
  Look<Counter> look() { return try_look().value(); }
};

/// A child that runs `work` and exits with what it returns; it never comes back into the test.
template <class Work>
pid_t fork_to(Work work) {
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  int code = 99;
  try {
    code = work();
  } catch (...) {
  }
  ::_exit(code);
}

/// The exit code, or 128 and the signal.
inline int wait_for(pid_t pid) {
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace gird::store
