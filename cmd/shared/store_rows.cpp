// The rows of --store and --on-store-error.
#include "shared/store_rows.hpp"

#include <array>

namespace gird {
namespace {

constexpr std::array<Choice<OnStoreError>, 2> answers{{
    {"run", OnStoreError::run, "run the command unguarded and say so"},
    {"refuse", OnStoreError::refuse, "do not run it"},
}};

}  // namespace

std::span<const Choice<OnStoreError>> choices(OnStoreError) { return answers; }

cli::Row store_row(std::string& address) {
  return cli::Row("--store", address, "WHERE",
                  "where shared state is kept: a directory, redis://HOST:PORT/DB, "
                  "redis+unix:///PATH?db=N, rediss://HOST:PORT/DB, or memory")
      .otherwise("the state directory")
      .completes(cli::Completes::directory);
}

cli::Row on_store_error_row(OnStoreError& choice) {
  return {"--on-store-error", choice, "WHAT",
          "when shared state cannot be used: run the command unguarded, or refuse"};
}

}  // namespace gird
