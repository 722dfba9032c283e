// Rows and checks of guards.
#include "shared/guard_rows.hpp"

#include "policy/window.hpp"

namespace gird {

using cli::Row;

cli::Rows guarding_rows(Guarding& guarding) {
  return {
      Row("Shared state"),
      Row("--name", guarding.name, "NAME", "what is shared with all who use the same name")
          .otherwise("the command and the host it names")
          .common(),
      store_row(guarding.store),
      on_store_error_row(guarding.on_store_error),
  };
}

cli::Rows guarding_limit_rows(Guarding& guarding) {
  return {
      Row("Refusals and ends"),
      Row("--wait", guarding.wait, "DURATION", "wait this long at most instead of being refused")
          .otherwise("not at all")
          .common(),
      Row("--refuse-code", guarding.refuse_code, "N", "the exit status of a refusal"),
      Row("--kill-after", guarding.kill_after, "DURATION",
          "how long after TERM the whole process tree gets KILL"),
  };
}

Result<void> check(const Guarding& guarding) {
  if (guarding.refuse_code > 255) {
    return misuse("value-integer", "--refuse-code " + std::to_string(guarding.refuse_code),
                  "must be from 0 to 255");
  }
  return {};
}

Result<void> check_count(const std::string& option, std::int64_t count, std::int64_t most) {
  if (count >= 1 && (most == 0 || count <= most)) return {};
  return misuse("value-integer", option + " " + std::to_string(count),
                most == 0 ? "must be 1 or more" : "must be from 1 to " + std::to_string(most));
}

Result<void> check_span(const std::string& option, Duration span) {
  if (span > Duration::zero() && span <= policy::longest_memory) return {};
  return misuse("value-duration", option + " " + to_text(span),
                "must be more than nothing and at most 366 days");
}

Result<void> check_share(const std::string& option, const Share& share) {
  if (share.part > 0) return {};
  return misuse("value-share", option + " " + to_text(share), "must be more than 0%");
}

}  // namespace gird
