// Holding a document back until the next one shows whether it stays.
#include "json/revisions.hpp"

#include <algorithm>
#include <utility>

#include "json/outlook.hpp"
#include "json/same_value.hpp"

namespace gird::json {
namespace {

Repair removal(std::uint64_t from, std::uint64_t to, std::string before) {
  return {.kind = Kind::sequence,
          .confidence = Confidence::guess,
          .offset = from,
          .removed = to - from,
          .before = std::move(before)};
}

}  // namespace

/// The one edit that may be among it puts a comma between the documents.
bool Revisions::Part::line_feed() const {
  const auto parts = [](const Edit& edit) {
    return edit.repair.kind == Kind::sequence && edit.repair.removed == 0;
  };
  const auto blanks = std::ranges::count_if(text, [](char c) { return json_blanks.contains(c); });
  const auto size = static_cast<std::ptrdiff_t>(text.size() - edits.size());
  return std::ranges::all_of(edits, parts) && blanks == size && text.contains('\n');
}

bool Revisions::Part::separates() const {
  return text.contains(',') || std::ranges::any_of(edits, [](const Edit& edit) {
           return edit.repair.kind == Kind::sequence && edit.repair.inserted > 0;
         });
}

bool Revisions::Part::empty() const {
  return container() &&
         text.find_first_not_of(json_blanks, 1) == text.find_last_not_of(json_blanks);
}

/// The input that it came of, up to `most` bytes in `to` or what is known of it.
void Revisions::Part::append_input(std::string& to, std::size_t most) const {
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    to.append(text, at, edit.at - at).append(edit.repair.before);
    at = edit.at + edit.repair.inserted;
    if (to.size() >= most || edit.repair.before.size() < edit.repair.removed) return;
  }
  to.append(text, at);
}

void Revisions::text(std::string_view bytes) {
  const std::uint64_t foreign = std::min<std::uint64_t>(inserted_, bytes.size());
  inserted_ -= foreign;
  input_ += bytes.size() - foreign;
  if (passes()) {
    given_ += bytes.size();
    return next_.text(bytes);
  }
  part().text += bytes;
  limit();
}

void Revisions::repaired(const Repair& repair) {
  input_ = repair.offset + repair.removed;
  inserted_ = repair.inserted;
  if (passes()) {
    Repair told = repair;
    told.output_offset = given_;
    return next_.repaired(told);
  }
  part().edits.push_back({part().text.size(), repair});
  limit();
}

/// What has become too long to be held is given.
void Revisions::limit() {
  if (part().size() <= most_held) return;
  if (reading_) {
    part_documents();
    give(now_);
    streaming_ = true;
  } else if (gap_.separates()) {
    part_documents();
  } else {
    give_kept();
    give(gap_);
  }
}

void Revisions::begins() {
  record_ = any_ && gap_.line_feed();
  if (record_) part_documents();
  any_ = reading_ = true;
  now_.start = input_;
}

void Revisions::completed(std::size_t depth) {
  if (streaming_) next_.completed(depth);
  if (depth > 0) return;
  if (streaming_) {
    ++documents_;
    gap_ = {.start = input_};
  } else {
    decide();
  }
  reading_ = streaming_ = false;
  now_ = {};
}

/// The document that was read is complete: what becomes of it and of the one before it?
void Revisions::decide() {
  const bool beside = !record_ && (holds_ || documents_ > 0);
  if (beside && now_.empty()) return drop_now();
  if (beside && holds_ && revises()) drop_kept();
  part_documents();
  kept_ = std::move(now_);
  holds_ = true;
  gap_.start = input_;
}

/// Whether the document that was read stands for the one before it.
bool Revisions::revises() {
  if (!now_.container()) return false;
  if (!kept_.container() || kept_.empty()) return true;
  return before_.read(kept_.text) && after_.read(now_.text) &&
         same_shape({before_, 0}, {after_, 0});
}

/// With all between the document before it and itself.
void Revisions::drop_now() {
  std::string before;
  gap_.append_input(before, Repair::most_text);
  now_.append_input(before, Repair::most_text);
  const std::uint64_t start = gap_.start;
  gap_ = {.edits = {{0, removal(start, input_, excerpt(before))}}, .start = start};
}

/// With all between itself and the document that is read.
void Revisions::drop_kept() {
  std::string before;
  kept_.append_input(before, Repair::most_text);
  gap_.append_input(before, Repair::most_text);
  now_.edits.insert(now_.edits.begin(), {0, removal(kept_.start, now_.start, excerpt(before))});
  now_.start = kept_.start;
  kept_ = gap_ = {};
  holds_ = false;
}

/// Both documents stay: the first is given, and what separates them.
void Revisions::part_documents() {
  give_kept();
  if (documents_ > 0 && !std::exchange(several_, true)) next_.several();
  give(gap_);
}

void Revisions::give_kept() {
  if (!std::exchange(holds_, false)) return;
  give(kept_);
  next_.completed(0);
  ++documents_;
}

void Revisions::give(Part& part) {
  std::size_t at = 0;
  const auto give_text = [&](std::size_t to) {
    if (to > at) next_.text(std::string_view(part.text).substr(at, to - at));
    given_ += to - at;
    at = to;
  };
  for (Part::Edit& edit : part.edits) {
    give_text(edit.at);
    edit.repair.output_offset = given_;
    next_.repaired(edit.repair);
  }
  give_text(part.text.size());
  part = {.start = input_};
}

/// The bracket that ends an array of documents is left out where one document was left.
void Revisions::finish() {
  give_kept();
  if (!several_ && !gap_.edits.empty() && gap_.separates()) {
    gap_.text.erase(gap_.edits.back().at);
    gap_.edits.pop_back();
  }
  give(gap_);
}

}  // namespace gird::json
