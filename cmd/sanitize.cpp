// gird sanitize: writes untrusted text so that it is safe where it is to stand.
#include <algorithm>
#include <array>

#include "base/size.hpp"
#include "base/utf8.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "shared/action_choice.hpp"
#include "shared/quarantine.hpp"
#include "shared/requirement_choice.hpp"
#include "shared/text_route.hpp"
#include "sys/input.hpp"
#include "sys/world.hpp"
#include "text/records.hpp"

namespace gird {
namespace {

using cli::Row;

/// What is done with a record that is too long.
enum class OnLimit { reject, cut };
constexpr std::array<Choice<OnLimit>, 2> limit_choices{
    {{"reject", OnLimit::reject, "leave the record out, and exit 1"},
     {"cut", OnLimit::cut, "write its head, and say so"}}};
std::span<const Choice<OnLimit>> choices(OnLimit) { return limit_choices; }

struct Options {
  std::vector<ContextChoice> to;
  bool decode = false;
  bool null = false;
  bool whole = false;
  std::vector<std::string> texts;
  text::OnUnsafe on_unsafe = text::OnUnsafe::reject;
  std::optional<ActionChoice> action;
  RequirementChoice required;
  std::optional<std::string> under;
  OnLimit on_limit = OnLimit::reject;
  Size max_record{std::int64_t{64} << 20};
  bool quiet = false;
  std::vector<std::string> files;
};

cli::Rows rows(Options& o) {
  using cli::operator+;
  const cli::Rows output = {
      Row("Output"),
      Row("--to", o.to, "CONTEXT",
          "write text that is safe there: html, sh, json, log ...; list prints them all")
          .common(),
      Row("--decode", o.decode, "", "read back what was written for that context").only_typed(),
      Row("--on-unsafe", o.on_unsafe, "HOW",
          "what the context has no form for: reject the record, or replace it")
          .common(),
      Row("--action", o.action, "ACTION",
          "check, encode, filter, or quarantine=FILE for what is rejected")
          .otherwise("encode with --to, filter with --under, else check")
          .common(),
  };
  const cli::Rows path = {
      Row("--under", o.under, "DIR",
          "it must be a path that stays inside of DIR; the real path is written")
          .completes(cli::Completes::directory)
          .common(),
  };
  const cli::Rows records = {
      Row("Records"),
      Row("-0,--null", o.null, "", "records end with a NUL, not with a line").common(),
      Row("--whole", o.whole, "", "the whole of each file is one record").common(),
      Row("--arg", o.texts, "TEXT", "TEXT is a record; standard input is not read")
          .only_typed()
          .common(),
      Row("--max-record", o.max_record, "SIZE", "the longest record"),
      Row("--on-limit", o.on_limit, "HOW", "what is longer: reject it, or cut it"),
      Row("Messages"),
      Row("-q,--quiet", o.quiet, "", "say nothing but errors of gird itself"),
      Row("FILE...", o.files, "[FILE...]", "files to read; - or none: standard input")
          .completes(cli::Completes::file),
  };
  return output + requirement_rows(o.required) + path + records;
}

std::unexpected<Error> contradict(const char* what, const char* why) {
  return misuse("options-contradict", what, why);
}

bool asks_for_contexts(const Options& o) {
  return std::ranges::any_of(o.to, [](const ContextChoice& to) { return to.context == nullptr; });
}

bool asks_for_types(const Options& o) {
  return o.required.type && o.required.type->type == nullptr;
}

/// What is done where nothing else is said.
Action action_of(const Options& o) {
  if (o.action) return o.action->action;
  if (!o.to.empty()) return Action::encode;
  return o.under ? Action::filter : Action::check;
}

/// What the types of the options cannot rule out.
Result<void> check(const Options& o) {
  if (o.to.empty() && !o.under && !requires_something(o.required)) {
    return misuse("context-missing", "--to", "where is the text to stand?",
                  {"gird sanitize --to sh", "gird sanitize --to list prints all contexts"});
  }
  if (o.to.empty() && action_of(o) == Action::encode) {
    return contradict("--action encode", "it needs a context: --to");
  }
  if (o.null && o.whole) return contradict("--null and --whole", "choose one");
  if (!o.texts.empty() && !o.files.empty()) return contradict("--arg and FILE", "choose one");
  if (!o.texts.empty() && o.whole)
    return contradict("--arg and --whole", "each TEXT is one record");
  if (o.decode && o.to.empty()) return contradict("--decode", "it needs a context: --to");
  for (const ContextChoice& to : o.to) {
    if (o.decode && to.context->decode == nullptr) {
      return misuse("context-one-way", "--decode", to_text(to) + " cannot be read back");
    }
  }
  return {};
}

/// Records in, texts for their context out.
class Sanitizer {
 public:
  Sanitizer(const Options& o, TextRoute route, Quarantine quarantine, World& world)
      : o_(o), route_(std::move(route)), quarantine_(std::move(quarantine)), world_(world) {}

  void take(const std::string& file, const text::RecordText& record) {
    if (record.cut && !takes_cut(file, record)) return;
    const std::string_view text = body(record);
    const auto written = route_.through(text);
    if (!written) {
      reject(file, record, written.error());
      return;
    }
    if (action_of(o_) == Action::check) return;
    world_.out(*written);
    if (o_.null) {
      world_.out({"\0", 1});
    } else if (!o_.whole || (!o_.decode && !o_.to.empty())) {
      world_.out("\n");
    }
  }

  [[nodiscard]] std::uint64_t rejected() const { return rejected_; }
  Result<void> finish() {
    if (tells() && rejected_ > most_told) {
      world_.say(std::to_string(rejected_) + " records were left out");
    }
    return quarantine_.finish();
  }

 private:
  static constexpr std::uint64_t most_told = 10;

  /// Without a character that was cut in two, and without the line feed that was written behind
  /// what is read back whole.
  std::string_view body(const text::RecordText& record) const {
    std::string_view text = record.text;
    if (o_.whole && o_.decode && text.ends_with('\n')) text.remove_suffix(1);
    return record.cut ? whole_characters(text) : text;
  }

  /// Whether there are messages; what is checked is answered on standard output.
  bool tells() const { return !o_.quiet && action_of(o_) != Action::check; }

  bool takes_cut(const std::string& file, const text::RecordText& record) {
    const std::string limit = "longer than " + to_text(o_.max_record);
    if (o_.on_limit == OnLimit::reject) {
      reject(file, record, limit);
      return false;
    }
    if (tells()) tell(file, record.number, limit + ", so it was cut");
    return true;
  }

  void reject(const std::string& file, const text::RecordText& record, const std::string& why) {
    ++rejected_;
    quarantine_.take(record.text);
    if (action_of(o_) == Action::check) {
      world_.out(place(file, record.number) + why + "\n");
    } else if (rejected_ <= most_told && tells()) {
      tell(file, record.number, why + "; left out");
    }
  }
  static std::string place(const std::string& file, std::uint64_t number) {
    return file + ":" + std::to_string(number) + ": ";
  }
  void tell(const std::string& file, std::uint64_t number, const std::string& what) {
    world_.say(place(file, number) + what);
  }

  const Options& o_;
  TextRoute route_;
  Quarantine quarantine_;
  World& world_;
  std::uint64_t rejected_ = 0;
};

std::optional<char> end_of_records(const Options& o) {
  if (o.whole) return std::nullopt;
  return o.null ? '\0' : '\n';
}

/// What is complete is written before more is read: a pipe has each record at once.
Result<Exit> sanitize_file(const std::string& file, const Options& o, World& world,
                           Sanitizer& sanitizer) {
  sys::Input input = TRY(sys::Input::open(file));
  text::Records records(end_of_records(o), static_cast<std::size_t>(o.max_record.bytes),
                        [&](const text::RecordText& record) { sanitizer.take(file, record); });
  while (true) {
    const std::string_view bytes = TRY(input.next());
    if (bytes.empty()) break;
    records.feed(bytes);
    const Exit exit = TRY(world.finish());
    if (exit != yes) return exit;
  }
  records.finish();
  return world.finish();
}

void sanitize_texts(const Options& o, Sanitizer& sanitizer) {
  std::uint64_t number = 0;
  for (const std::string& text : o.texts) {
    const auto most = static_cast<std::size_t>(o.max_record.bytes);
    sanitizer.take("--arg", {.text = std::string_view(text).substr(0, most),
                             .number = ++number,
                             .ended = true,
                             .cut = text.size() > most});
  }
}

Result<TextRoute> route_of(const Options& o) {
  TextRoute::Plan plan{.required = requirements_of(o.required),
                       .folder = std::nullopt,
                       .to = o.to,
                       .decode = o.decode,
                       .on_unsafe = o.on_unsafe};
  if (o.under) plan.folder = TRY(sys::Folder::open(*o.under));
  return TextRoute(std::move(plan));
}

Result<Exit> sanitize_files(const Options& o, World& world, Sanitizer& sanitizer) {
  std::vector<std::string> files = o.files;
  if (files.empty() && o.texts.empty()) files.emplace_back("-");
  for (const std::string& file : files) {
    const Exit exit = TRY(sanitize_file(file, o, world, sanitizer));
    if (exit != yes) return exit;
  }
  TRY(sanitizer.finish());
  return sanitizer.rejected() == 0 ? yes : no;
}

Result<Exit> act(const Options& o, World& world, const cli::Catalogue& all) {
  if (asks_for_contexts(o) || asks_for_types(o)) {
    world.out(asks_for_contexts(o) ? contexts_as_text() : types_as_text());
    return yes;
  }
  TRY(check(o));
  if (o.files.empty() && o.texts.empty() && sys::input_is_terminal()) {
    world.err(cli::short_help(*all.command("sanitize"), all));
    return misused;
  }
  Sanitizer sanitizer(o, TRY(route_of(o)), TRY(Quarantine::open(o.action)), world);
  sanitize_texts(o, sanitizer);
  return sanitize_files(o, world, sanitizer);
}

}  // namespace

extern constinit const cli::Command sanitize = cli::command<Options, rows, act>(
    "sanitize", cli::Kind::filter, "write untrusted text so that it is safe where it stands");

}  // namespace gird
