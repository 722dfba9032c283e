// Edits, kept as the pieces that they leave.
#include "json/edited_text.hpp"

#include <algorithm>
#include <utility>

namespace gird::json {
/// Makes the next text from pieces of the last one.
class EditedText::Builder {
 public:
  explicit Builder(const EditedText& last) : last_(last) {}

  void edit(const Edit& edit) {
    keep_until(edit.offset);
    Piece piece{.at = text_.size(),
                .length = edit.inserted.size(),
                .start = original_here(),
                .end = 0,
                .kept = false,
                .joined = inside_new(),
                .kind = edit.kind,
                .confidence = edit.confidence};
    skip_until(edit.offset + edit.removed);
    piece.end = edit.removed == 0 ? piece.start : original_behind();
    pieces_.push_back(piece);
    text_ += edit.inserted;
  }

  void finish(EditedText& to) {
    keep_until(last_.text_.size());
    // What was removed at the very end leaves an empty piece.
    for (; piece_ < last_.pieces_.size(); ++piece_) {
      if (last_.pieces_[piece_].length == 0) keep(last_.pieces_[piece_], at_);
    }
    to.text_ = std::move(text_);
    to.pieces_ = std::move(pieces_);
  }

 private:
  void keep_until(std::uint64_t end) {
    for (; at_ < end; ++piece_) {
      const Piece& piece = last_.pieces_[piece_];
      const std::uint64_t piece_end = piece.at + piece.length;
      keep(piece, std::min(end, piece_end));
      if (at_ < piece_end) return;
    }
  }

  /// The rest of the piece up to `end`.
  void keep(const Piece& piece, std::uint64_t end) {
    Piece part = piece;
    if (piece.kept) {
      part.start += at_ - piece.at;
    } else if (inside_new()) {
      part.start = part.end;
      part.joined = true;
    }
    part.at = text_.size();
    part.length = end - at_;
    if (piece.kept) part.end = part.start + part.length;
    pieces_.push_back(part);
    text_.append(last_.text_, at_, part.length);
    at_ = end;
  }

  void skip_until(std::uint64_t end) {
    at_ = end;
    while (piece_ < last_.pieces_.size() &&
           last_.pieces_[piece_].at + last_.pieces_[piece_].length <= at_ &&
           last_.pieces_[piece_].at < at_) {
      ++piece_;
    }
  }

  [[nodiscard]] bool inside() const {
    return piece_ < last_.pieces_.size() && last_.pieces_[piece_].at < at_;
  }
  [[nodiscard]] bool inside_new() const { return inside() && !last_.pieces_[piece_].kept; }

  /// What stands here stands, or what stood here stood, there in the original.
  [[nodiscard]] std::uint64_t original_here() const {
    if (piece_ == last_.pieces_.size()) return last_.original_.size();
    const Piece& piece = last_.pieces_[piece_];
    if (piece.kept) return piece.start + (at_ - piece.at);
    return inside() ? piece.end : piece.start;
  }
  [[nodiscard]] std::uint64_t original_behind() const {
    return inside() ? original_here() : last_.pieces_[piece_ - 1].end;
  }

  const EditedText& last_;
  std::string text_;
  std::vector<Piece> pieces_;
  std::uint64_t at_ = 0;
  std::size_t piece_ = 0;
};

EditedText::EditedText(std::string_view original) : original_(original), text_(original) {
  if (!original.empty()) pieces_.push_back({.length = original.size(), .end = original.size()});
}

void EditedText::apply(std::span<const Edit> edits) {
  Builder builder(*this);
  for (const Edit& edit : edits) builder.edit(edit);
  builder.finish(*this);
}

std::optional<std::uint64_t> EditedText::original(std::uint64_t offset) const {
  auto piece = std::ranges::upper_bound(pieces_, offset, {}, &Piece::at);
  if (piece == pieces_.begin()) return std::nullopt;
  --piece;
  if (!piece->kept || offset >= piece->at + piece->length) return std::nullopt;
  return piece->start + (offset - piece->at);
}

std::vector<Edit> EditedText::edits() const {
  std::vector<Edit> out;
  for (const Piece& piece : pieces_) {
    if (piece.kept) continue;
    if (!piece.joined) {
      out.push_back({.offset = piece.start,
                     .removed = 0,
                     .inserted = "",
                     .kind = piece.kind,
                     .confidence = piece.confidence});
    }
    Edit& edit = out.back();
    edit.removed = piece.end - edit.offset;
    edit.inserted.append(text_, piece.at, piece.length);
    edit.confidence = std::max(edit.confidence, piece.confidence);
  }
  // What was put in and taken out again is nothing.
  std::erase_if(out, [](const Edit& edit) { return edit.removed == 0 && edit.inserted.empty(); });
  return out;
}

std::vector<Repair> EditedText::repairs() const {
  std::vector<Repair> out;
  std::uint64_t removed = 0;
  std::uint64_t inserted = 0;
  for (const Edit& edit : edits()) {
    out.push_back({.kind = edit.kind,
                   .confidence = edit.confidence,
                   .offset = edit.offset,
                   .removed = edit.removed,
                   .inserted = edit.inserted.size(),
                   .output_offset = edit.offset - removed + inserted,
                   .before = excerpt(original_.substr(edit.offset, edit.removed)),
                   .after = excerpt(edit.inserted)});
    removed += edit.removed;
    inserted += edit.inserted.size();
  }
  return out;
}

}  // namespace gird::json
