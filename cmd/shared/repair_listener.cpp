// The words for repairs and refusals.
#include "shared/repair_listener.hpp"

#include "base/quoting.hpp"
#include "base/utf8.hpp"

namespace gird {
namespace {

/// `text` as a word of a shell, shortened to some characters.
std::string shown(std::string_view text, std::uint64_t whole) {
  constexpr std::size_t most = 40;
  std::string_view rest = text;
  std::size_t taken = 0;
  for (std::size_t count = 0; count < most && !rest.empty(); ++count) {
    const std::size_t length = next_character(rest).length;
    taken += length;
    rest.remove_prefix(length);
  }
  std::string word = shell_quoted(text.substr(0, taken));
  if (taken < whole) word += "... (" + std::to_string(whole) + " bytes)";
  return word;
}

}  // namespace

bool is_note(const json::Repair& repair) { return repair.removed == 0 && repair.inserted == 0; }

void RepairCounts::add(const json::Repair& repair) {
  if (is_note(repair)) return;
  ++all;
  ++by_kind[static_cast<std::size_t>(repair.kind)];
  ++by_confidence[static_cast<std::size_t>(repair.confidence)];
}

Error error_of(const Refused& refused) {
  using Why = json::Refusal::Why;
  const auto error = [&](Fault fault, std::string_view code, std::string_view option = "") {
    return Error{fault,
                 code,
                 place_text(refused.file, refused.at),
                 refused.refusal.what + std::string(option),
                 {}};
  };
  switch (refused.refusal.why) {
    case Why::nothing: return error(Fault::input, "json-nothing");
    case Why::broken: return error(Fault::input, "json-broken");
    case Why::forbidden: return error(Fault::input, "json-forbidden");
    case Why::too_many: return error(Fault::system, "json-repairs-limit", " (--max-repairs)");
    case Why::too_deep: return error(Fault::system, "json-depth-limit", " (--max-depth)");
    case Why::violated: return error(Fault::input, "schema-violated");
    case Why::unjudged: return error(Fault::system, "schema-endless");
  }
  return error(Fault::input, "json-broken");
}

std::string deed_of(const json::Repair& repair) {
  const std::string before = shown(repair.before, repair.removed);
  const std::string after = shown(repair.after, repair.inserted);
  if (is_note(repair)) return "left as it is";
  if (repair.kind == json::Kind::encoding) return "written as UTF-8 without a mark";
  if (repair.inserted == 0) return "removed " + before;
  if (repair.removed == 0) return "inserted " + after;
  return "replaced " + before + " by " + after;
}

std::string place_text(std::string_view file, const json::Spot& at) {
  std::string text = file == "-" ? std::string("-") : shell_quoted(file);
  return text.append(":")
      .append(std::to_string(at.line))
      .append(":")
      .append(std::to_string(at.column));
}

}  // namespace gird
