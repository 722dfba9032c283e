// What stands around documents and between them.
#include "json/grammar.hpp"
#include "json/letters.hpp"
#include "json/number_reader.hpp"
#include "json/runs.hpp"

namespace gird::json {

using enum Confidence;

namespace {

/// The size of a number or literal as JSON has it that ends with its line; 0 without one.
std::size_t plain_scalar(std::string_view text) {
  constexpr std::size_t most = 64;
  const std::size_t size = text.substr(0, most).find('\n');
  if (size == std::string_view::npos) return 0;
  const std::string_view word = text.substr(0, size);
  if (word == "true" || word == "false" || word == "null") return size;
  NumberReader number;
  return number.take(word) == size && number.complete() ? size : 0;
}

}  // namespace

/// At the top, outside of a document: what the outer scanner says is done.
Grammar::Step Grammar::around_documents() {
  if (documents_ > 0 && !looked_between_) {
    return goes_on_plainly() ? Step::done : look_between();
  }
  if (separator_at_ == editor_.offset()) return separating_comma();
  const Around next = look_around(editor_.rest(), editor_.last(), here_, settings_);
  here_ = next.then;
  const bool goes_on = next.answer == Around::Answer::drop || next.answer == Around::Answer::more;
  if (!goes_on) editor_.finish_removal();
  switch (next.answer) {
    case Around::Answer::more: return Step::more;
    case Around::Answer::drop:
      editor_.remove_piece(next.kind, next.confidence, next.size);
      return Step::done;
    case Around::Answer::blank:
      newline_ |= editor_.rest().substr(0, next.size).contains('\n');
      editor_.pass(next.size);
      return Step::done;
    case Around::Answer::document:
      if (documents_ > 0 && !separated_) separate(Between{.document = true, .newline = newline_});
      begin_document();
      return Step::done;
    case Around::Answer::end: finish(); return Step::done;
  }
  return Step::done;
}

void Grammar::begin_document() {
  if (mode_ != Mode::tokens) return;
  if (settings_.only_document == documents_) editor_.keep();
  began_ = editor_.offset();
  editor_.begins();
  in_document_ = true;
  place_.expected = Expected::value;
}

/// Into the next document where an object or a scalar comes behind blanks alone, as the steps below
/// would go, but without their many looks: most texts of several documents are such. Says whether
/// it did.
bool Grammar::goes_on_plainly() {
  if (!plain_surroundings()) return false;
  const std::string_view text = editor_.rest();
  const char* const next = runs::after_blanks(text.data(), text.data() + text.size());
  const std::string_view blanks(text.data(), next);
  const std::string_view behind = text.substr(blanks.size());
  const bool object = behind.starts_with("{\"") || behind.starts_with("{}");
  // Behind a container, a model's scalars are remarks.
  const bool scalars = settings_.profile != Profile::llm || !here_.any_container;
  const std::size_t scalar = scalars ? plain_scalar(behind) : 0;
  const bool string = scalars && behind.starts_with('"');
  if (!object && !string && scalar == 0) return false;
  separate(Between{.document = true, .newline = blanks.contains('\n')});
  editor_.pass(blanks.size());
  here_.any_document = true;
  here_.any_container |= object;
  begin_document();
  if (scalar > 0) {
    editor_.pass(scalar);
    value_done();
  }
  return true;
}

/// Whether no fence, quote or setting makes an object at the top anything but a document.
bool Grammar::plain_surroundings() const {
  const bool usual = settings_.extract != Extract::first && settings_.profile != Profile::log &&
                     !decisions_.first_document_only;
  return usual && here_.inside == Surroundings::Inside::nothing && !here_.any_fence &&
         here_.fence == 0 && here_.bracket == 0 && here_.quote == 0;
}

/// Whether nothing but blanks, comments and a comma stands between this document and a next one.
/// Then what separates them is put right behind the first, or is its comma.
Grammar::Step Grammar::look_between() {
  constexpr int most_pieces = 16;
  Between between;
  Surroundings here = here_;
  const std::string_view text = editor_.rest();
  std::size_t at = 0;
  for (int piece = 0; piece < most_pieces && at < Ahead::reach; ++piece) {
    const Around next = look_around(text.substr(at), editor_.last(), here, settings_);
    if (next.answer == Around::Answer::more) return Step::more;
    // In a log a comma may begin prose, which is none.
    const bool comma =
        next.answer == Around::Answer::drop && next.size == 1 && text[at] == ',' && !between.comma;
    if (next.answer == Around::Answer::drop && !comma && next.kind != Kind::comment) break;
    between.document = next.answer == Around::Answer::document;
    if (between.document || next.answer == Around::Answer::end) break;
    if (comma) between.comma = at;
    // The line feed of a comment goes with it.
    const bool blank = next.answer == Around::Answer::blank;
    between.newline |= blank && text.substr(at, next.size).contains('\n');
    at += next.size;
    here = next.then;
  }
  looked_between_ = true;
  if (between.document) separate(between);
  return Step::done;
}

/// Puts what separates two documents: here, or in place of a comma that comes.
void Grammar::separate(const Between& between) {
  if (decisions_.first_document_only) {
    mode_ = Mode::rest;
    return;
  }
  if (documents_ == 1) editor_.several();
  separated_ = true;
  newline_between_ = between.newline;
  if (between.comma) {
    separator_at_ = editor_.offset() + *between.comma;
  } else if (decisions_.wraps_documents) {
    editor_.insert(Kind::sequence, between.newline ? certain : likely, ",");
  } else if (!between.newline) {
    editor_.insert(Kind::sequence, likely, "\n");
  }
}

/// The comma between two documents: in an array it stays.
Grammar::Step Grammar::separating_comma() {
  editor_.finish_removal();
  here_ = look_around(editor_.rest(), editor_.last(), here_, settings_).then;
  separator_at_.reset();
  if (decisions_.wraps_documents) {
    editor_.pass(1);
  } else {
    editor_.replace(Kind::sequence, newline_between_ ? certain : likely, 1,
                    newline_between_ ? "" : "\n");
  }
  return Step::done;
}

void Grammar::document_done() {
  const std::uint64_t length = editor_.offset() - began_;
  if (length > longest_) {
    longest_ = length;
    largest_ = documents_;
  }
  ++documents_;
  in_document_ = false;
  looked_between_ = separated_ = newline_ = false;
}

void Grammar::finish() {
  finished_ = true;
  editor_.keep();
  if (documents_ == 0) {
    editor_.refuse(Refusal::Why::nothing, "there is no JSON in it");
  } else if (documents_ > 1 && decisions_.wraps_documents && !settings_.only_document) {
    editor_.insert(Kind::sequence, certain, "\n]");
  }
}

}  // namespace gird::json
