// Ranges and edits on their way to a sink.
#include "json/editor.hpp"

#include <algorithm>

namespace gird::json {
namespace {

Confidence less_sure(Confidence a, Confidence b) { return a < b ? b : a; }

}  // namespace

void Editor::show(std::string_view text, bool last) {
  base_ += at_;
  text_ = text;
  last_ = last;
  at_ = given_ = 0;
}

std::size_t Editor::settle() {
  give();
  return at_;
}

void Editor::give() {
  if (refusal_ || at_ <= given_) return;
  sink_.text(text_.substr(given_, at_ - given_));
  output_ += at_ - given_;
  given_ = at_;
}

bool Editor::allowed(const Repair& repair) {
  const std::string_view what = facts_of(repair.kind).what;
  if (!settings_.allows(repair.kind, repair.confidence)) {
    refuse(Refusal::Why::forbidden, std::string(what) + " may not be repaired here", repair.kind);
  } else if (++repairs_ > settings_.most_repairs) {
    refuse(Refusal::Why::too_many, "one repair too many: " + std::string(what), repair.kind);
  }
  if (refusal_) refusal_->offset = repair.offset;
  return !refusal_;
}

/// `with` is the beginning of what is inserted.
void Editor::tell(Repair& repair, std::string_view with, std::size_t inserted) {
  repair.confidence = less_sure(repair.confidence, facts_of(repair.kind).confidence);
  if (!allowed(repair)) return;
  repair.inserted = inserted;
  repair.output_offset = output_;
  repair.after = excerpt(with);
  sink_.repaired(repair);
  put(with);
}

void Editor::put(std::string_view text) {
  if (!text.empty()) sink_.text(text);
  output_ += text.size();
}

void Editor::insert(Kind kind, Confidence confidence, std::size_t size,
                    const std::function<std::string()>& next) {
  if (refusal_) return;
  give();
  Repair repair{.kind = kind, .confidence = confidence, .offset = offset()};
  std::string piece = next();
  tell(repair, piece, size);
  if (refusal_) return;
  for (std::size_t left = size - piece.size(); left > 0; left -= piece.size()) {
    piece = next();
    put(piece);
  }
}

void Editor::replace(Kind kind, Confidence confidence, std::size_t size, std::string_view with) {
  if (refusal_) return;
  give();
  Repair repair{.kind = kind, .confidence = confidence, .offset = offset(), .removed = size};
  repair.before = excerpt(text_.substr(at_, size));
  tell(repair, with, with.size());
  at_ += size;
  given_ = at_;
}

void Editor::remove_piece(Kind kind, Confidence confidence, std::size_t size) {
  if (removal_ && removal_->kind != kind) finish_removal();
  if (refusal_ || size == 0) return;
  give();
  if (!removal_) removal_ = Repair{.kind = kind, .confidence = confidence, .offset = offset()};
  // One byte more than is shown tells whether that ends with a character.
  const std::size_t room = Repair::most_text + 1 - removal_->before.size();
  removal_->before += text_.substr(at_, std::min(size, room));
  removal_->removed += size;
  at_ += size;
  given_ = at_;
}

void Editor::finish_removal() {
  if (refusal_ || !removal_) return;
  removal_->before = excerpt(removal_->before);
  tell(*removal_, {}, 0);
  removal_.reset();
}

void Editor::completed(std::size_t depth) {
  give();
  if (!refusal_) sink_.completed(depth);
}

void Editor::begins() {
  give();
  if (!refusal_) sink_.begins();
}

void Editor::several() {
  give();
  if (!refusal_) sink_.several();
}

void Editor::refuse(Refusal::Why why, std::string what, std::optional<Kind> kind) {
  if (!refusal_) refusal_ = Refusal{why, offset(), std::move(what), kind};
}

}  // namespace gird::json
