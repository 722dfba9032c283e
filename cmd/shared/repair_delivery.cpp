// Giving output.
#include "shared/repair_delivery.hpp"

#include <cerrno>
#include <csignal>

#include "base/quoting.hpp"

namespace gird {
namespace {

using sys::Replacement;

Replacement::HardLinks hard_links(bool force) {
  return force ? Replacement::HardLinks::part : Replacement::HardLinks::refuse;
}

/// ESTALE is how a draft says that its file has become shorter.
std::unexpected<Error> write_error(const std::string& what, const std::string& file, int fault) {
  if (fault != ESTALE) return system_error("write-failed", what, fault);
  return std::unexpected(Error{Fault::system, "file-changed", "read " + shell_quoted(file),
                               "it was changed meanwhile"});
}

}  // namespace

Result<void> from_text(std::string_view text, InPlace& in_place) {
  if (text.contains('/')) {
    return misuse("value-suffix", "'" + std::string(text) + "'",
                  "old files stay in their directory: a suffix has no /");
  }
  in_place.suffix = text;
  return {};
}

std::string to_text(const InPlace& in_place) { return in_place.suffix; }

Result<void> Delivery::begin() {
  if (!output_ || *output_ == "-") return {};
  made_.emplace(TRY(Replacement::prepare(*output_, {.hard_links = hard_links(force_)})));
  return {};
}

Result<void> Delivery::replace(const std::string& file, Judged& judged) {
  if (judged.unchanged()) return {};
  auto made = TRY(Replacement::prepare(
      file, {.hard_links = hard_links(force_), .expected = judged.input.bytes().info()}));
  if (const int fault = judged.draft.leave(made.number()))
    return write_error("replace " + shell_quoted(file), file, fault);
  return made.commit(in_place_->suffix);
}

Result<Exit> Delivery::give(const std::string& file, Judged& judged) {
  if (in_place_) {
    TRY(replace(file, judged));
    return yes;
  }
  const int target = made_ ? made_->number() : 1;
  // The output of one file begins on a line of its own.
  int fault = last_ == '\n' || judged.draft.size() == 0 ? 0 : sys::write_all(target, "\n");
  if (judged.draft.size() > 0) last_ = judged.draft.last_byte();
  if (fault == 0) fault = judged.draft.leave(target);
  if (fault == EPIPE) return died_of(SIGPIPE);
  if (fault != 0)
    return write_error(made_ ? "write " + shell_quoted(*output_) : "write error", file, fault);
  return yes;
}

Result<void> Delivery::finish() { return made_ ? made_->commit() : Result<void>(); }

}  // namespace gird
