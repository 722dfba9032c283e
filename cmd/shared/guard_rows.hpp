// The options that every guard with shared state takes, and checks that their values share.
#pragma once

#include <optional>
#include <string>

#include "base/name.hpp"
#include "base/share.hpp"
#include "cli/rows.hpp"
#include "shared/store_rows.hpp"

namespace gird {

struct Guarding {
  std::optional<Name> name;
  std::string store;
  OnStoreError on_store_error = OnStoreError::run;
  std::optional<Duration> wait;
  std::int64_t refuse_code = 75;
  Duration kill_after = std::chrono::seconds(5);
};

/// --name, --store, --on-store-error.
cli::Rows guarding_rows(Guarding& guarding);
/// --wait, --refuse-code, --kill-after.
cli::Rows guarding_limit_rows(Guarding& guarding);

/// Fault::usage, value-integer, value-duration.
Result<void> check(const Guarding& guarding);

/// A number from 1 to `most` (0: no limit). Fault::usage, value-integer.
Result<void> check_count(const std::string& option, std::int64_t count, std::int64_t most = 0);
/// A span that is more than nothing and that a policy can remember. Fault::usage, value-duration.
Result<void> check_span(const std::string& option, Duration span);
/// A share that is more than nothing. Fault::usage, value-share.
Result<void> check_share(const std::string& option, const Share& share);

}  // namespace gird
