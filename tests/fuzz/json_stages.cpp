// What stages make of valid JSON is valid JSON, whatever the text and however it is cut.
#include <nlohmann/json.hpp>

#include "json/ascii.hpp"
#include "json/duplicates.hpp"
#include "json/layout.hpp"
#include "json/scan.hpp"
#include "json/select.hpp"
#include "json/sort_keys.hpp"
#include "target.hpp"
#include "unit/json/memory_spill.hpp"

using namespace gird;
using namespace gird::json;

namespace {

struct Kept final : Sink {
  std::string all;
  void text(std::string_view bytes) override { all += bytes; }
  void repaired(const Repair& /*repair*/) override {}
};

template <class S, class... Arguments>
std::string staged(std::string_view text, std::size_t size, Arguments&&... arguments) {
  Kept kept;
  S stage(kept, std::forward<Arguments>(arguments)...);
  for (std::size_t at = 0; at < text.size(); at += size) stage.text(text.substr(at, size));
  fuzz::hold(stage.finish().has_value(), "a stage finishes");
  return kept.all;
}

std::string sorted(std::string_view text, std::size_t size, std::size_t budget) {
  tests::MemorySpill spill;
  return staged<SortKeys>(text, size, spill, budget);
}

std::string without_duplicates(Duplicate mode, std::string_view text, std::size_t size,
                               std::size_t budget) {
  tests::MemorySpill spill;
  Kept kept;
  FindDuplicates find(kept, mode, spill, {1, 2}, budget);
  for (std::size_t at = 0; at < text.size(); at += size) find.text(text.substr(at, size));
  fuzz::hold(find.finish().has_value() && kept.all == text, "finding changes nothing");
  return staged<DropMembers>(text, size, find);
}

void lay_out(std::string_view text, std::size_t size) {
  const std::string compact = staged<Compact>(text, size);
  const std::string pretty = staged<Pretty>(text, size, " ");
  fuzz::hold(staged<Compact>(pretty, size) == compact, "blanks carry no meaning");
  fuzz::hold(staged<Pretty>(compact, size, " ") == pretty, "nor do missing ones");
  const std::string plain = staged<Ascii>(text, size);
  fuzz::hold(not_ascii(plain, 0) == plain.size(), "ASCII text is ASCII");
  fuzz::hold(nlohmann::json::parse(plain) == nlohmann::json::parse(text), "it means the same");
}

void order(std::string_view text, std::size_t size) {
  const std::string ordered = sorted(text, size, SortKeys::usual_budget);
  fuzz::hold(sorted(text, size, 0) == ordered, "memory makes no difference");
  fuzz::hold(sorted(ordered, size, 200) == ordered, "what is sorted stays so");
  const std::string last = without_duplicates(Duplicate::last, text, size, 0);
  fuzz::hold(nlohmann::json::parse(last) == nlohmann::json::parse(text), "the last member counts");
  fuzz::hold(without_duplicates(Duplicate::last, text, size, 10'000) == last,
             "memory makes no difference to duplicates");
  const std::string first = without_duplicates(Duplicate::first, text, size, 0);
  fuzz::hold(nlohmann::json::accept(first), "without later members it is JSON");
  fuzz::hold(without_duplicates(Duplicate::first, first, size, 0) == first, "one member is left");
}

}  // namespace

// The first byte says how the rest is cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = 1 + data[0] % 20;
  const std::string_view text = fuzz::text_of(data + 1, size - 1);
  // The other library skips a byte order mark, and takes NUL for the end.
  if (text.starts_with("\xef") || text.contains('\0')) return 0;
  if (!nlohmann::json::accept(text)) return 0;
  lay_out(text, piece);
  order(text, piece);
  fuzz::hold(
      nlohmann::json::parse(staged<Select>(text, piece, Pointer{})) == nlohmann::json::parse(text),
      "the empty pointer means all");
  return 0;
}
