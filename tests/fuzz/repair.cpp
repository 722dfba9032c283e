// The repairer: what it gives is JSON, stays as it is when it is repaired again, is the input with
// the edits it tells of, and does not depend on how the input was cut; and valid input is not
// touched.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "json/decoder.hpp"
#include "json/repairer.hpp"
#include "json_text.hpp"
#include "target.hpp"

using namespace gird;
using namespace gird::json;

namespace {

/// All that a repairer tells.
struct Told {
  std::string output;
  std::vector<Repair> repairs;
  std::vector<std::pair<std::size_t, std::size_t>> ends;  ///< of values: how deep, and where
  std::optional<std::size_t> second;                      ///< where a second document was told of
  std::optional<Refusal> refusal;

  [[nodiscard]] std::string document(const Settings& settings) const {
    return (settings.sequence == Sequence::array && second ? "[\n" : "") + output;
  }
};

struct Keeper final : Sink {
  void text(std::string_view bytes) override { told.output += bytes; }
  void repaired(const Repair& repair) override { told.repairs.push_back(repair); }
  void completed(std::size_t depth) override { told.ends.emplace_back(depth, told.output.size()); }
  void several() override { told.second = told.output.size(); }

  Told told;
};

/// How a text is cut.
struct Cuts {
  std::size_t most = std::string_view::npos;  ///< bytes of a piece
  unsigned state = 0;                         ///< what makes them irregular; 0: all are the same

  std::size_t next() {
    if (state == 0) return most;
    state = state * 1103515245U + 12345U;
    return 1 + (state >> 16U) % most;
  }
};

Told repaired(std::string_view text, const Settings& settings, Cuts cuts = {}) {
  Keeper keeper;
  Repairer repairer(settings, keeper);
  const auto keep = [&](const std::expected<void, Refusal>& result) {
    if (!result) keeper.told.refusal = result.error();
    return result.has_value();
  };
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, cuts.next());
    text.remove_prefix(piece.size());
    // What was pushed is gone then: a copy of its own shows whoever keeps a view.
    if (!keep(repairer.push(std::string(piece)))) return std::move(keeper.told);
  }
  keep(repairer.finish());
  return std::move(keeper.told);
}

bool same(const Repair& a, const Repair& b) {
  return a.kind == b.kind && a.confidence == b.confidence && a.offset == b.offset &&
         a.removed == b.removed && a.inserted == b.inserted && a.output_offset == b.output_offset &&
         a.before == b.before && a.after == b.after;
}

bool same(const Refusal& a, const Refusal& b) {
  return a.why == b.why && a.offset == b.offset && a.what == b.what && a.kind == b.kind;
}

/// How much was given before a refusal is left open.
void check_same(const Told& a, const Told& b) {
  fuzz::hold(a.refusal.has_value() == b.refusal.has_value(), "cuts change no refusal");
  fuzz::hold(!a.refusal || same(*a.refusal, *b.refusal), "cuts change no reason");
  fuzz::hold(std::ranges::equal(a.repairs, b.repairs, [](auto& x, auto& y) { return same(x, y); }),
             "cuts change no repair");
  if (a.refusal) return;
  fuzz::hold(a.output == b.output, "cuts change no output");
  fuzz::hold(a.ends == b.ends && a.second == b.second, "cuts change no value");
}

/// `text` as UTF-8, as the repairer counts its offsets.
std::string decoded(std::string_view text) {
  Decoder decoder;
  std::string all;
  const auto take = [&](std::string_view more) {
    all += more;
    return true;
  };
  decoder.push(text, take);
  decoder.finish(take);
  return all;
}

/// Whether `shown` is all of `text`, or its start where it is long.
bool shows(std::string_view shown, std::string_view text) {
  constexpr std::size_t least = Repair::most_text - 3;
  return text.starts_with(shown) && (shown.size() == text.size() || shown.size() >= least);
}

/// The edits, applied by the letter. What an edit puts in is the bytes of the output at its place.
void check_edits(std::string_view input, const Told& told) {
  const std::string_view output = told.output;
  std::string text;
  std::uint64_t at = 0;
  for (const Repair& repair : told.repairs) {
    fuzz::hold(repair.offset >= at && repair.offset + repair.removed <= input.size(),
               "edits do not overlap and lie in the input");
    text += input.substr(at, repair.offset - at);
    fuzz::hold(text.size() == repair.output_offset, "an edit says where it is in the output");
    fuzz::hold(repair.output_offset + repair.inserted <= output.size(),
               "and how much it put there");
    const std::string_view with = output.substr(repair.output_offset, repair.inserted);
    text += with;
    fuzz::hold(shows(repair.before, input.substr(repair.offset, repair.removed)),
               "an edit shows what it removed");
    fuzz::hold(shows(repair.after, with), "and what it put there");
    fuzz::hold(repair.removed > 0 || repair.inserted > 0, "an edit changes something");
    at = repair.offset + repair.removed;
  }
  text += input.substr(at);
  fuzz::hold(text == output, "the output is the input with all edits");
}

/// What was repaired needs no repair.
void check_output(const std::string& text, const Settings& settings) {
  const bool one = settings.sequence == Sequence::array || settings.sequence == Sequence::first;
  fuzz::hold(one ? fuzz::valid_document(text) : fuzz::valid_documents(text), "the output is JSON");
  const Told again = repaired(text, settings);
  fuzz::hold(!again.refusal, "the output is not refused");
  fuzz::hold(again.output == text, "the output stays");
  fuzz::hold(again.repairs.empty(), "the output needs no repair");
}

/// In a log only what cannot be part of its text is a document: `12` and `[12]` are none.
bool is_document(std::string_view text, const Settings& settings) {
  const bool object =
      text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size())).starts_with('{');
  return fuzz::valid_document(text) &&
         (object || settings.profile != Profile::log || settings.extract == Extract::none);
}

void check_valid(std::string_view input, const Told& told) {
  if (told.refusal) {
    fuzz::hold(told.refusal->why == Refusal::Why::too_deep, "valid input is not refused");
  } else {
    fuzz::hold(told.output == input && told.repairs.empty(), "valid input is not touched");
  }
}

/// As `settings`, with a level more for the array that was put around several documents.
Settings in_array(Settings settings, const Told& told) {
  if (settings.sequence == Sequence::array && told.second) ++settings.most_depth;
  return settings;
}

std::uint64_t largest_of(std::string_view text, const Settings& settings) {
  return largest_document(settings, [&] { return std::exchange(text, std::string_view()); });
}

/// The first byte chooses a profile and how far it goes, the second how the text is cut, the third
/// single settings.
Settings settings_from(const std::uint8_t* bytes) {
  Settings settings = settings_of(static_cast<Profile>(bytes[0] & 3U));
  const unsigned dial = bytes[0] >> 2U & 3U;
  settings.least = dial == 1 ? Confidence::certain : Confidence::guess;
  settings.aggressive = dial == 2;
  const std::uint8_t knobs = bytes[2];
  constexpr std::array extracts{Extract::automatic, Extract::all, Extract::none, Extract::largest};
  settings.extract = extracts[knobs & 3U];
  settings.sequence = knobs & 4U ? Sequence::array : settings.sequence;
  settings.sequence = knobs & 8U ? Sequence::first : settings.sequence;
  settings.missing = knobs & 16U ? Missing::drop : settings.missing;
  settings.leading_zero = knobs & 32U ? LeadingZero::number : settings.leading_zero;
  settings.not_a_number = knobs & 64U ? NotANumber::string : settings.not_a_number;
  settings.most_depth = knobs & 128U ? 4 : settings.most_depth;
  return settings;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  Settings settings = settings_from(data);
  const std::string_view input = fuzz::text_of(data + 3, size - 3);
  if (settings.extract == Extract::largest) settings.only_document = largest_of(input, settings);
  const Told whole = repaired(input, settings);
  check_same(whole, repaired(input, settings, {.most = 1}));
  check_same(whole, repaired(input, settings, {.most = 2U + data[1] % 16U, .state = data[1] + 1U}));
  if (is_document(input, settings)) check_valid(input, whole);
  if (whole.refusal) return 0;
  check_edits(decoded(input), whole);
  Settings again = in_array(settings, whole);
  if (settings.only_document) again.only_document = 0;
  check_output(whole.document(settings), again);
  return 0;
}
