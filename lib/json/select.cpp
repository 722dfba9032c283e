// Following a pointer through a text that streams by.
#include "json/select.hpp"

#include <charconv>
#include <utility>

namespace gird::json {
namespace {

std::optional<std::uint64_t> index_of(std::string_view key) {
  if (key.empty() || (key[0] == '0' && key.size() > 1)) return std::nullopt;
  if (key.find_first_not_of("0123456789") != key.npos) return std::nullopt;
  std::uint64_t index = 0;
  const auto read = std::from_chars(key.data(), key.data() + key.size(), index);
  if (read.ec != std::errc()) return std::nullopt;
  return index;
}

}  // namespace

Select::Select(Sink& next, Pointer pointer) : Stage(next) {
  eye_.stage = this;
  for (std::string& key : pointer.steps) {
    const auto index = index_of(key);
    eye_.steps.push_back({.key = std::move(key), .index = index});
  }
}

void Select::text(std::string_view bytes) {
  eye_.piece = bytes;
  eye_.given = 0;
  walk_.push(eye_, bytes);
  if (eye_.giving) eye_.give(bytes.size());
}

void Select::completed(std::size_t depth) {
  // What is complete here is told by the eye; but a number at the top ends with this.
  eye_.piece = {};
  eye_.given = 0;
  if (depth == 0) walk_.finish(eye_);
}

Result<void> Select::finish() {
  completed(0);
  return Stage::finish();
}

void Select::Eye::value_begins(std::size_t at) {
  if (!on_path() || !member || path < steps.size()) return;
  giving = true;
  array = false;
  given = at;
}

void Select::Eye::opened(std::size_t /*at*/, bool object) {
  if (giving && depth == path) array = !object;
  if (on_path() && member && !giving) {
    Step& step = steps[path++];
    step.seen = 0;
    member = !object && step.index == 0;
  }
  ++depth;
}

void Select::Eye::closes(std::size_t /*at*/, bool /*object*/) {
  if (depth == path) {
    --path;
    member = false;
  }
  --depth;
}

void Select::Eye::value_ends(std::size_t at) {
  if (giving && depth == path) {
    give(at);
    giving = false;
    found = true;
    stage->out_.add('\n');
    stage->Stage::completed(0);
  } else if (giving && array && depth == path + 1) {
    give(at);
    stage->Stage::completed(1);
  }
  if (depth == 0) end_document();
}

void Select::Eye::end_document() {
  ++documents;
  if (!std::exchange(found, false)) {
    if (++misses == 1) first_miss = documents;
  }
  path = 0;
  member = true;
}

void Select::Eye::comma(std::size_t /*at*/) {
  if (!on_path()) return;
  Step& step = steps[path - 1];
  member = !stage->walk_.nesting().in_object() && ++step.seen == step.index;
}

void Select::Eye::key_begins(std::size_t /*at*/) {
  if (!on_path()) return;
  unescape = {};
  compared = 0;
  member = true;
}

void Select::Eye::key_part(std::string_view text) {
  if (!on_path() || !member) return;
  unescape.push(text, [this](std::string_view part) { compare(part); });
}

void Select::Eye::key_ends(std::size_t /*at*/) {
  if (!on_path() || !member) return;
  unescape.finish([this](std::string_view part) { compare(part); });
  member = member && compared == steps[path - 1].key.size();
}

void Select::Eye::compare(std::string_view part) {
  const std::string_view key = steps[path - 1].key;
  member = member && key.substr(compared).starts_with(part);
  if (member) compared += part.size();
}

void Select::Eye::give(std::size_t to) {
  stage->out_.add(piece.substr(given, to - given));
  given = to;
}

}  // namespace gird::json
