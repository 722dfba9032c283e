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
  if (dropping_) {
    drop_given(text_.substr(given_, at_ - given_));
    given_ = at_;
    return;
  }
  sink_.text(text_.substr(given_, at_ - given_));
  output_ += at_ - given_;
  given_ = at_;
}

bool Editor::allowed(const Repair& repair) {
  const std::string_view what = facts_of(repair.kind).what;
  if (!settings_.allows(repair.kind, repair.confidence)) {
    refuse(Refusal::Why::forbidden, std::string(what) + " may not be repaired here", repair.kind);
  } else if (++repairs_ > settings_.most_repairs) {
    refuse(Refusal::Why::too_many, too_many(settings_.most_repairs, repair.kind), repair.kind);
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
  if (dropping_) {
    // Asked for all the same: whoever gives the pieces counts them.
    for (std::size_t left = size; left > 0;) left -= next().size();
    return;
  }
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
  if (dropping_) {
    at_ += size;
    return;
  }
  give();
  Repair repair{.kind = kind, .confidence = confidence, .offset = offset(), .removed = size};
  repair.before = excerpt(text_.substr(at_, size));
  tell(repair, with, with.size());
  at_ += size;
  given_ = at_;
}

void Editor::remove_piece(Kind kind, Confidence confidence, std::size_t size) {
  if (dropping_) {
    at_ += size;
    return;
  }
  if (removal_ && removal_->kind != kind) finish_removal();
  if (refusal_ || size == 0) return;
  give();
  if (!removal_) removal_ = Repair{.kind = kind, .confidence = confidence, .offset = offset()};
  take_away(text_.substr(at_, size));
  at_ += size;
  given_ = at_;
}

/// With the removal that is open.
void Editor::take_away(std::string_view text) {
  // One byte more than is shown tells whether that ends with a character.
  const std::size_t room = Repair::most_text + 1 - removal_->before.size();
  removal_->before += text.substr(0, room);
  removal_->removed += text.size();
}

void Editor::drop_given(std::string_view text) {
  if (feed_waits_) take_away("\n");
  feed_waits_ = text.ends_with('\n');
  if (feed_waits_) text.remove_suffix(1);
  take_away(text);
}

void Editor::finish_removal() {
  if (refusal_ || dropping_ || !removal_) return;
  removal_->before = excerpt(removal_->before);
  tell(*removal_, {}, 0);
  removal_.reset();
}

void Editor::drop() {
  if (refusal_ || dropping_) return;
  finish_removal();
  give();
  removal_ = Repair{
      .kind = Kind::prose, .confidence = facts_of(Kind::prose).confidence, .offset = offset()};
  dropping_ = true;
}

void Editor::keep() {
  if (refusal_ || !dropping_) return;
  give();
  dropping_ = false;
  const bool ends = feed_waits_ && last_ && at_ == text_.size() && output_ > 0;
  if (feed_waits_ && !ends) take_away("\n");
  feed_waits_ = false;
  const bool all_there = removal_->before.size() == removal_->removed;
  if (all_there && removal_->before.find_first_not_of(" \t\r\n") == std::string::npos) {
    put(removal_->before);
    removal_.reset();
  } else {
    finish_removal();
  }
  if (ends && !refusal_) put("\n");
}

void Editor::completed(std::size_t depth) {
  give();
  if (!refusal_ && !dropping_) sink_.completed(depth);
}

void Editor::begins() {
  give();
  if (!refusal_ && !dropping_) sink_.begins();
}

void Editor::several() {
  give();
  if (!refusal_ && !dropping_) sink_.several();
}

void Editor::refuse(Refusal::Why why, std::string what, std::optional<Kind> kind) {
  if (!refusal_) refusal_ = Refusal{why, offset(), std::move(what), kind};
}

}  // namespace gird::json
