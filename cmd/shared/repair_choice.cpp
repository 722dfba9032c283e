// Rows of the dial and the knobs, and the settings they make.
#include "shared/repair_choice.hpp"

#include <array>

#include "base/nearest.hpp"

namespace gird::json {

std::span<const Choice<Missing>> choices(Missing) {
  static constexpr std::array<Choice<Missing>, 3> all{{
      {"null", Missing::null, "null"},
      {"empty", Missing::empty, "an empty string"},
      {"drop", Missing::drop, "the key goes, too"},
  }};
  return all;
}

std::span<const Choice<NotANumber>> choices(NotANumber) {
  static constexpr std::array<Choice<NotANumber>, 3> all{{
      {"null", NotANumber::null, "null"},
      {"string", NotANumber::string, "a string"},
      {"error", NotANumber::error, "not repaired"},
  }};
  return all;
}

std::span<const Choice<LeadingZero>> choices(LeadingZero) {
  static constexpr std::array<Choice<LeadingZero>, 2> all{{
      {"string", LeadingZero::string, "a string, as codes and dates want it"},
      {"number", LeadingZero::number, "a number without the zero"},
  }};
  return all;
}

std::span<const Choice<Extract>> choices(Extract) {
  static constexpr std::array<Choice<Extract>, 5> all{{
      {"auto", Extract::automatic, "what a fence or the outer brackets hold"},
      {"none", Extract::none, "all of the text is JSON"},
      {"first", Extract::first, "the first document"},
      {"largest", Extract::largest, "the largest document"},
      {"all", Extract::all, "every document"},
  }};
  return all;
}

std::span<const Choice<Sequence>> choices(Sequence) {
  static constexpr std::array<Choice<Sequence>, 4> all{{
      {"auto", Sequence::automatic, "one a line where there are several"},
      {"ndjson", Sequence::ndjson, "each line is a document"},
      {"array", Sequence::array, "an array where there are several"},
      {"first", Sequence::first, "the first alone"},
  }};
  return all;
}

}  // namespace gird::json

namespace gird {
namespace {

using Named = std::pair<std::string_view, std::string_view>;

struct BuiltIn {
  std::string_view name;
  json::Profile profile;
  std::string_view what;
};

constexpr std::array<BuiltIn, 4> built_in{{
    {"data", json::Profile::data, "documents and records; the default"},
    {"config", json::Profile::config, "files that people write, with comments"},
    {"llm", json::Profile::llm, "answers of language models"},
    {"log", json::Profile::log, "documents between lines of other text"},
}};

std::unexpected<Error> contradict(const char* what, const char* why) {
  return misuse("options-contradict", what, why);
}

}  // namespace

Result<void> from_text(std::string_view text, KindName& name) {
  if (const auto kind = json::kind_named(text)) {
    name.kind = *kind;
    return {};
  }
  std::vector<std::string_view> known;
  for (const json::KindFacts& facts : json::all_kinds()) known.push_back(facts.name);
  return misuse("value-kind", "'" + std::string(text) + "'", "no such kind of repair",
                did_you_mean(nearest(text, known)));
}

std::string to_text(const KindName& name) { return std::string(json::facts_of(name.kind).name); }

std::vector<Named> words_of(const KindName*) {
  std::vector<Named> words;
  for (const json::KindFacts& facts : json::all_kinds()) words.emplace_back(facts.name, facts.what);
  return words;
}

Result<void> from_text(std::string_view text, ProfileName& name) {
  name = {std::string(text), std::nullopt};
  for (const BuiltIn& known : built_in) {
    if (known.name == text) name.built_in = known.profile;
  }
  return {};
}

std::string to_text(const ProfileName& name) { return name.name; }

std::vector<Named> words_of(const ProfileName*) {
  std::vector<Named> words;
  for (const BuiltIn& known : built_in) words.emplace_back(known.name, known.what);
  return words;
}

cli::Rows dial_rows(RepairChoice& choice) {
  using cli::Row;
  return {
      Row("How far to go"),
      Row("--strict", choice.strict, "", "repair nothing: valid input is copied, else exit 1")
          .only_typed()
          .common(),
      Row("--safe", choice.safe, "", "make only repairs that are certain")
          .yields_to("strict aggressive")
          .common(),
      Row("--aggressive", choice.aggressive, "", "drop what cannot be kept")
          .yields_to("strict safe")
          .common(),
      Row("--only", choice.only, "KIND", "repair this kind alone (repeatable)").yields_to("except"),
      Row("--except", choice.except, "KIND", "do not repair this kind (repeatable)")
          .yields_to("only"),
      Row("--max-repairs", choice.most_repairs, "N", "refuse a file that needs more repairs"),
      Row("--max-depth", choice.most_depth, "N", "refuse more brackets open at once"),
  };
}

cli::Rows knob_rows(RepairChoice& choice) {
  using cli::Row;
  return {
      Row("What comes of it"),
      Row("--profile", choice.profile, "NAME",
          "decide as suits data, config, llm or log; or a profile of the configuration")
          .common(),
      Row("--missing", choice.missing, "AS",
          "a value that is not there becomes null, empty or drop")
          .otherwise("null"),
      Row("--nan", choice.not_a_number, "AS",
          "NaN and infinities become null, a string or an error")
          .otherwise("null"),
      Row("--leading-zero", choice.leading_zero, "AS", "007 becomes a string or a number")
          .otherwise("string"),
      Row("--extract", choice.extract, "WHICH",
          "which part of other text is taken: auto, none, first, largest or all")
          .otherwise("auto"),
      Row("--sequence", choice.sequence, "AS",
          "several documents: auto, ndjson, array or first; auto writes one a line")
          .yields_to("bad-lines rejects jobs")
          .otherwise("auto"),
  };
}

Result<json::Settings> settings_of(const RepairChoice& choice) {
  if (int{choice.strict} + int{choice.safe} + int{choice.aggressive} > 1)
    return contradict("--strict, --safe and --aggressive", "choose one");
  if (!choice.only.empty() && !choice.except.empty())
    return contradict("--only and --except", "choose one");
  json::Settings settings =
      json::settings_of(choice.profile.built_in.value_or(json::Profile::data));
  if (choice.safe) settings.least = json::Confidence::certain;
  settings.aggressive = settings.aggressive || choice.aggressive;
  if (choice.strict || !choice.only.empty()) settings.refused.set();
  if (!choice.strict) {
    for (const KindName& name : choice.only)
      settings.refused.reset(static_cast<std::size_t>(name.kind));
  }
  for (const KindName& name : choice.except)
    settings.refused.set(static_cast<std::size_t>(name.kind));
  if (choice.most_repairs) settings.most_repairs = static_cast<std::size_t>(*choice.most_repairs);
  settings.most_depth = static_cast<std::size_t>(choice.most_depth);
  settings.missing = choice.missing.value_or(settings.missing);
  settings.not_a_number = choice.not_a_number.value_or(settings.not_a_number);
  settings.leading_zero = choice.leading_zero.value_or(settings.leading_zero);
  settings.extract = choice.extract.value_or(settings.extract);
  settings.sequence = choice.sequence.value_or(settings.sequence);
  return settings;
}

}  // namespace gird
