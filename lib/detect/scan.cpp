#include "detect/scan.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "detect/families.hpp"
#include "detect/gate.hpp"
#include "detect/marks.hpp"

namespace gird::detect {
namespace {

bool may_have_signs(const Family& family, Marks marks) {
  return std::ranges::all_of(family.needs, [&](Marks need) { return need.meets(marks); });
}

/// Enough to say no, whatever else there is.
constexpr double sure = 0.9;

/// Encodings of characters, and no other writing of the same text.
constexpr std::array encodings = {
    text::Coding::url,      text::Coding::percent_u, text::Coding::html,
    text::Coding::hex,      text::Coding::unicode,   text::Coding::octal,
    text::Coding::overlong, text::Coding::utf7,      text::Coding::base64};

/// Escapes that programs are written with.
constexpr std::array source_escapes = {text::Coding::hex, text::Coding::unicode,
                                       text::Coding::octal};

/// Encodings within encodings: honest writers escape for one reader.
bool is_nested(const text::Steps& steps) {
  std::size_t rounds = 0;
  for (std::size_t at = 0; at < steps.count(); ++at) {
    const auto taken_off = [&](text::Coding coding) { return steps.has(at, coding); };
    rounds += std::ranges::any_of(encodings, taken_off) ? 1 : 0;
  }
  return rounds > 1;
}

}  // namespace

Scanner::Scanner(rules::Book book, Settings settings)
    : book_(book),
      settings_(std::move(settings)),
      patterns_(book.patterns().size()),
      is_seen_(patterns_.size()) {}

std::span<const Finding> Scanner::scan(std::string_view text) {
  findings_.clear();
  text_ = text;
  view_ = nullptr;
  look(text);
  if (settings_.every || !convicted()) look_into_views(text);
  std::ranges::sort(findings_, {}, [](const Finding& finding) {
    return std::tuple(finding.raw.begin, finding.rule);
  });
  return findings_;
}

void Scanner::look_into_views(std::string_view text) {
  for (const text::View& view : views_.of(text)) {
    view_ = &view;
    if (is_nested(view.steps)) add_sign({"views/nested", {0, view.text.size()}});
    look(view.text);
    if (!settings_.every && convicted()) return;
  }
}

void Scanner::look(std::string_view text) {
  look_for_signs(text);
  look_for_patterns(text);
}

void Scanner::look_for_signs(std::string_view text) {
  const Marks marks = Marks::of(text);
  const Gate::Set open = gate().open_for(text);
  for (std::size_t n = 0; n < families().size(); ++n) {
    const Family& family = families()[n];
    if ((open >> n & 1U) == 0 || !may_have_signs(family, marks)) continue;
    signs_.clear();  // one family cannot use up the room of another
    family.look(text, signs_);
    for (const Sign& sign : signs_.all()) {
      if (family.escapes == Escapes::of_source && is_escaped(sign)) continue;
      add_sign(sign);
    }
  }
}

void Scanner::look_for_patterns(std::string_view text) {
  for (const std::uint32_t n : seen_) is_seen_[n] = false;
  seen_.clear();
  book_.screen().look(text, [&](std::uint32_t n) {
    if (is_seen_[n]) return;
    is_seen_[n] = true;
    seen_.push_back(n);
  });
  for (const std::uint32_t n : seen_) {
    const std::size_t rule = book_.patterns()[n];
    if (has(rule) || !speaks(rule)) continue;
    const text::Pattern* found = pattern(n);
    const auto place = found == nullptr ? std::nullopt : found->first_in(text);
    if (!place) continue;
    const auto begin = static_cast<std::size_t>(place->data() - text.data());
    add(rule, {begin, begin + place->size()});
  }
}

bool Scanner::is_escaped(const Sign& sign) const {
  if (view_ == nullptr || sign.where.begin >= view_->text.size()) return false;
  const bool of_source = std::ranges::any_of(
      source_escapes, [&](text::Coding coding) { return view_->steps.has(coding); });
  return of_source &&
         text_[views_.raw(*view_, {sign.where.begin, sign.where.begin + 1}).begin] == '\\';
}

void Scanner::add_sign(const Sign& sign) {
  if (const auto rule = book_.with_sign(sign.name)) add(*rule, sign.where);
}

void Scanner::add(std::size_t rule, Span where) {
  if (has(rule) || !speaks(rule)) return;
  if (view_ == nullptr) {
    findings_.push_back({rule, where, where, {}});
  } else {
    const text::Stretch raw = views_.raw(*view_, {where.begin, where.end});
    findings_.push_back({rule, {raw.begin, raw.end}, where, view_->steps});
  }
}

bool Scanner::convicted() const {
  return std::ranges::any_of(findings_, [&](const Finding& finding) {
    return book_.severity(finding.rule) >= rules::Severity::high &&
           book_.confidence(finding.rule) >= sure;
  });
}

bool Scanner::speaks(std::size_t rule) const {
  rules::Sensitivity sensitivity = settings_.sensitivity;
  for (const Settings::OfClass& own : settings_.of_class) {
    if (own.class_name == book_.class_name(rule)) sensitivity = own.sensitivity;
  }
  return book_.sensitivity(rule) <= sensitivity;
}

bool Scanner::has(std::size_t rule) const {
  return std::ranges::find(findings_, rule, &Finding::rule) != findings_.end();
}

const text::Pattern* Scanner::pattern(std::size_t n) {
  std::optional<text::Pattern>& kept = patterns_[n];
  if (!kept) {
    auto compiled = text::Pattern::compile(book_.pattern(book_.patterns()[n]));
    if (!compiled) return nullptr;  // lint takes none that does not compile
    kept = std::move(*compiled);
  }
  return &*kept;
}

}  // namespace gird::detect
