// Equal keys are found by their hashes, in a table of the open objects.
#include "json/duplicates.hpp"

#include <bit>
#include <tuple>

#include "base/utf8.hpp"

namespace gird::json {
namespace {

template <class Record>
std::string_view bytes_of(const Record& record) {
  return {reinterpret_cast<const char*>(&record), sizeof record};
}

template <class Record>
Record record_of(std::string_view bytes) {
  Record record;
  std::memcpy(&record, bytes.data(), sizeof record);
  return record;
}

constexpr std::size_t least_buckets = 64;

}  // namespace

FindDuplicates::FindDuplicates(Sink& next, Duplicate mode, Spill& spill,
                               const KeyHash::Secret& secret, std::size_t budget)
    : Stage(next),
      mode_(mode),
      hoard_(spill, budget / 4),
      secret_(secret),
      // Half of the budget is for the table, whose vectors may be twice as large as they are full,
      // a quarter for what is taken out of it.
      most_entries_(budget / 4 / (sizeof(Entry) + 2 * sizeof(std::uint32_t))),
      most_waiting_(budget / 8),
      limit_(most_entries_),
      buckets_(least_buckets, none),
      hash_(secret) {
  eye_.stage = this;
}

void FindDuplicates::text(std::string_view bytes) {
  walk_.push(eye_, bytes);
  passed_ += bytes.size();
  out_.add(bytes);
}

/// Asked for places that only go forward.
std::uint64_t FindDuplicates::input_offset(std::uint64_t output) {
  origin_.forget_before(output);
  return origin_.of(output);
}

void FindDuplicates::repaired(const Repair& repair) {
  origin_.add(repair);
  Stage::repaired(repair);
}

Result<void> FindDuplicates::finish() {
  const auto end = Stage::finish();
  if (!spilling_.empty() || !runs_.empty()) merge_spilled();
  if (!drops_.empty()) end_drops();
  if (!drop_runs_.empty()) {
    const auto before = [](std::string_view a, std::string_view b) {
      return record_of<Drop>(a).range.start < record_of<Drop>(b).range.start;
    };
    make_few(hoard_, drop_runs_, before);
    const std::uint64_t at = hoard_.size();
    merge(hoard_, drop_runs_, before, [this](std::string_view drop) { hoard_.append(drop); });
    drop_runs_ = {Run{.at = at, .size = hoard_.size() - at}};
  }
  if (!hoard_.state()) return hoard_.state();
  return end;
}

void FindDuplicates::Eye::opened(std::size_t /*at*/, bool object) const {
  if (!object) return;
  stage->objects_.push_back({.number = stage->objects_seen_++,
                             .base = static_cast<std::uint32_t>(stage->entries_.size())});
}

void FindDuplicates::Eye::closes(std::size_t /*at*/, bool object) const {
  if (!object) return;
  const Object& closed = stage->objects_.back();
  if (closed.spilled) {
    stage->spill_entries(closed, static_cast<std::uint32_t>(stage->entries_.size()), none);
    if (stage->spilling_.size() * sizeof(SpilledEntry) > stage->most_waiting_) stage->end_run();
  }
  stage->forget_above(closed.base);
  stage->objects_.pop_back();
}

void FindDuplicates::Eye::key_begins(std::size_t at) const {
  Object& object = stage->objects_.back();
  const std::uint64_t start = stage->offset(at);
  object.key = stage->input_offset(start);
  // Kept is the last: with the others goes what stands up to the next key. Kept is the first: with
  // the others goes what stands since the value before.
  if (stage->mode_ == Duplicate::last && object.newest != none) {
    stage->entries_[object.newest].range.end = start;
    stage->entries_[object.newest].range.input_end = object.key;
  }
  object.range = {.start = start, .input_start = object.key};
  if (stage->mode_ == Duplicate::first) {
    object.range = {.start = object.value_end, .input_start = object.input_value_end};
  }
  object.newest = none;
  stage->hash_ = KeyHash(stage->secret_);
  stage->unescape_ = {};
}

void FindDuplicates::Eye::key_part(std::string_view text) {
  stage->unescape_.push(text, [this](std::string_view part) { stage->hash_.add(part); });
}

void FindDuplicates::Eye::key_ends(std::size_t /*at*/) {
  stage->unescape_.finish([this](std::string_view part) { stage->hash_.add(part); });
  Object& object = stage->objects_.back();
  const KeyHash::Value hash = stage->hash_.end();
  const std::uint32_t twin = stage->entry_of(hash);
  if (twin != none) return stage->repeat(twin);
  object.newest = static_cast<std::uint32_t>(stage->entries_.size());
  stage->insert({.hash = hash, .range = object.range, .key = object.key});
}

void FindDuplicates::Eye::value_ends(std::size_t at) const {
  if (stage->objects_.empty() || !stage->walk_.nesting().in_object()) return;
  if (stage->mode_ != Duplicate::first) return;
  Object& object = stage->objects_.back();
  object.value_end = stage->offset(at);
  object.input_value_end = stage->input_offset(object.value_end);
  object.range.end = object.value_end;
  object.range.input_end = object.input_value_end;
  if (object.newest != none) stage->entries_[object.newest].range = object.range;
  if (std::exchange(object.dropping, false)) stage->drop(object.range, object.twin);
}

/// The entry of the innermost object that has this hash.
std::uint32_t FindDuplicates::entry_of(const KeyHash::Value& hash) const {
  const std::uint32_t base = objects_.back().base;
  std::uint32_t index = buckets_[hash.low & (buckets_.size() - 1)];
  // Those of outer objects are further down.
  while (index != none && index >= base && entries_[index].hash != hash) {
    index = entries_[index].below;
  }
  return index == none || index < base ? none : index;
}

/// The open member has the key of `twin`.
void FindDuplicates::repeat(std::uint32_t twin) {
  Object& object = objects_.back();
  Entry& entry = entries_[twin];
  switch (mode_) {
    case Duplicate::keep:
    case Duplicate::error: return note(object.key, entry.key, object.range.start);
    case Duplicate::last:
      drop(entry.range, object.key);
      entry.range = object.range;
      entry.key = object.key;
      object.newest = twin;
      return;
    case Duplicate::first:
      object.dropping = true;
      object.twin = entry.key;
      return;
  }
}

void FindDuplicates::insert(const Entry& entry) {
  entries_.push_back(entry);
  if (entries_.size() > limit_) return relieve();
  if (entries_.size() > buckets_.size()) {
    buckets_.assign(2 * buckets_.size(), none);
    return link_all();
  }
  link(static_cast<std::uint32_t>(entries_.size() - 1));
}

void FindDuplicates::link(std::uint32_t index) {
  std::uint32_t& bucket = buckets_[entries_[index].hash.low & (buckets_.size() - 1)];
  entries_[index].below = std::exchange(bucket, index);
}

void FindDuplicates::link_all() {
  for (std::uint32_t index = 0; index < entries_.size(); ++index) link(index);
}

/// The newest entry of a bucket is its head, so that the newest can be taken away first.
void FindDuplicates::forget_above(std::uint32_t base) {
  while (entries_.size() > base) {
    const Entry& entry = entries_.back();
    buckets_[entry.hash.low & (buckets_.size() - 1)] = entry.below;
    entries_.pop_back();
  }
}

/// Moves all entries to the hoard but for the newest of each open object, whose range has no end.
void FindDuplicates::relieve() {
  std::vector<Entry> left;
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    Object& object = objects_[i];
    const auto end = static_cast<std::uint32_t>(i + 1 < objects_.size() ? objects_[i + 1].base
                                                                        : entries_.size());
    spill_entries(object, end, object.newest);
    object.spilled = true;
    object.base = static_cast<std::uint32_t>(left.size());
    if (object.newest == none) continue;
    left.push_back(entries_[object.newest]);
    object.newest = object.base;
  }
  end_run();
  entries_ = std::move(left);
  buckets_.assign(std::bit_ceil(std::max(least_buckets, entries_.size())), none);
  link_all();
  limit_ = std::max(most_entries_, 2 * entries_.size());
}

void FindDuplicates::spill_entries(const Object& object, std::uint32_t end, std::uint32_t except) {
  for (std::uint32_t index = object.base; index < end; ++index) {
    if (index == except) continue;
    const Entry& entry = entries_[index];
    spilling_.push_back(
        {.object = object.number, .hash = entry.hash, .range = entry.range, .key = entry.key});
  }
}

namespace {

/// Equal keys stand beside each other, in the order of the text.
constexpr auto order = [](const auto& entry) {
  return std::tie(entry.object, entry.hash, entry.range.start);
};

}  // namespace

void FindDuplicates::end_run() {
  if (spilling_.empty()) return;
  std::ranges::sort(spilling_, {}, order);
  const Run run{.at = hoard_.size(), .size = spilling_.size() * sizeof(SpilledEntry)};
  for (const SpilledEntry& entry : spilling_) hoard_.append(bytes_of(entry));
  runs_.push_back(run);
  spilling_.clear();
}

void FindDuplicates::merge_spilled() {
  end_run();
  const auto before = [](std::string_view a, std::string_view b) {
    const auto left = record_of<SpilledEntry>(a);
    const auto right = record_of<SpilledEntry>(b);
    return order(left) < order(right);
  };
  make_few(hoard_, runs_, before);
  std::optional<SpilledEntry> kept;
  merge(hoard_, runs_, before, [&](std::string_view record) {
    const auto entry = record_of<SpilledEntry>(record);
    if (!kept || kept->object != entry.object || kept->hash != entry.hash) {
      kept = entry;
      return;
    }
    switch (mode_) {
      case Duplicate::keep:
      case Duplicate::error: return note(entry.key, kept->key, entry.range.start);
      case Duplicate::first: return drop(entry.range, kept->key);
      case Duplicate::last:
        drop(kept->range, entry.key);
        kept = entry;
        return;
    }
  });
  runs_.clear();
}

void FindDuplicates::note(std::uint64_t key, std::uint64_t other, std::uint64_t output) {
  ++found_;
  next_.repaired({.kind = Kind::duplicate_key,
                  .confidence = facts_of(Kind::duplicate_key).confidence,
                  .offset = key,
                  .output_offset = output,
                  .other = other});
}

void FindDuplicates::drop(const Range& range, std::uint64_t other) {
  ++found_;
  drops_.push_back({.range = range, .other = other});
  if (drops_.size() * sizeof(Drop) > most_waiting_) end_drops();
}

void FindDuplicates::end_drops() {
  std::ranges::sort(drops_, {}, [](const Drop& drop) { return drop.range.start; });
  drop_runs_.push_back({.at = hoard_.size(), .size = drops_.size() * sizeof(Drop)});
  for (const Drop& drop : drops_) hoard_.append(bytes_of(drop));
  drops_.clear();
}

std::vector<FindDuplicates::Part> FindDuplicates::dropped() {
  std::vector<Part> parts;
  if (drop_runs_.empty()) return parts;
  RunReader reader(hoard_, drop_runs_.front());
  while (reader.next()) {
    const Range range = record_of<Drop>(reader.record()).range;
    // Others are in a member that is left out itself.
    if (parts.empty() || range.end > parts.back().end) parts.push_back({range.start, range.end});
  }
  return parts;
}

DropMembers::DropMembers(Sink& next, FindDuplicates& found) : Stage(next), found_(found) {
  if (!found.drop_runs_.empty()) reader_.emplace(found.hoard_, found.drop_runs_.front());
  next_drop();
}

void DropMembers::next_drop() {
  drop_.reset();
  dropped_.clear();
  while (reader_ && reader_->next()) {
    const auto drop = record_of<FindDuplicates::Drop>(reader_->record());
    // Others are in a member that is left out itself.
    if (drop.range.end <= passed_) continue;
    drop_ = drop;
    return;
  }
}

void DropMembers::text(std::string_view bytes) {
  if (!found_.hoard_.state()) return;
  while (!bytes.empty()) {
    const std::uint64_t until = !drop_                         ? passed_ + bytes.size()
                                : passed_ < drop_->range.start ? drop_->range.start
                                                               : drop_->range.end;
    const bool dropping = drop_ && passed_ >= drop_->range.start;
    const std::string_view part = bytes.substr(0, until - passed_);
    bytes.remove_prefix(part.size());
    passed_ += part.size();
    if (!dropping) {
      out_.add(part);
      given_ += part.size();
      continue;
    }
    dropped_ +=
        part.substr(0, Repair::most_text + 4 - std::min(dropped_.size(), Repair::most_text + 4));
    if (passed_ == until) tell();
  }
}

void DropMembers::tell() {
  const FindDuplicates::Range& range = drop_->range;
  next_.repaired({.kind = Kind::duplicate_key,
                  .confidence = facts_of(Kind::duplicate_key).confidence,
                  .offset = range.input_start,
                  .removed = range.input_end - range.input_start,
                  .output_offset = given_,
                  .before = excerpt(dropped_),
                  .other = drop_->other});
  next_drop();
}

Result<void> DropMembers::finish() {
  if (!found_.hoard_.state()) return found_.hoard_.state();
  return Stage::finish();
}

}  // namespace gird::json
