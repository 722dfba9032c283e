// Members are kept as records until their object ends.
//
// A record is a head, the beginning of the key, the blanks before the member, and its body: the
// text from the key to the comma. A body does not hold large text itself but a reference: a control
// character, which valid JSON never has, and where in the hoard the text stands. Text that is
// referred to may have references of its own, so that no text is copied once more for each level.
#include "json/sort_keys.hpp"

#include <array>
#include <compare>

namespace gird::json {
namespace {

constexpr char reference_sign = '\x01';
constexpr std::size_t reference_size = 1 + 2 * sizeof(std::uint64_t);
constexpr std::size_t most_gap = 256;
constexpr std::size_t most_key = 256;                      ///< of a key's beginning
constexpr std::size_t key_chunk = std::size_t{64} * 1024;  ///< of a long key's rest
constexpr std::size_t most_copied = 1024;                  ///< larger objects are referred to
constexpr std::size_t least_spilled = 4 * reference_size;  ///< smaller bodies stay
constexpr std::size_t step = std::size_t{64} * 1024;

struct Head {
  std::uint32_t size = 0;  ///< of the record
  std::uint32_t key = 0;   ///< sizes of its parts; the body is the rest
  std::uint32_t gap = 0;
  std::uint32_t first = 0;        ///< 1 for the member behind the bracket: its blanks stay there
  std::uint64_t chunks = 0;       ///< where the places of a long key's chunks are
  std::uint64_t chunks_size = 0;  ///< in bytes of key; 0 for a key that is in the record whole
};

Head head_of(const char* record) {
  Head head;
  std::memcpy(&head, record, sizeof head);
  return head;
}

void put_head(char* record, const Head& head) { std::memcpy(record, &head, sizeof head); }

struct Member {
  explicit Member(std::string_view record) : head(head_of(record.data())) {
    record = record.substr(sizeof head, head.size - sizeof head);
    key = record.substr(0, head.key);
    gap = record.substr(head.key, head.gap);
    body = record.substr(head.key + head.gap);
  }
  Head head;
  std::string_view key, gap, body;
};

/// Numbers in the hoard.
std::uint64_t number_at(Hoard& hoard, std::uint64_t at) {
  std::array<char, sizeof(std::uint64_t)> bytes{};
  hoard.read_all(at, bytes);
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data(), bytes.size());
  return number;
}

void put_number(std::string& text, std::uint64_t number) {
  std::array<char, sizeof number> bytes{};
  std::memcpy(bytes.data(), &number, sizeof number);
  text.append(bytes.data(), bytes.size());
}

/// Compares what is left of two long keys, chunk by chunk.
std::strong_ordering compare_rests(Hoard& hoard, const Head& a, const Head& b) {
  std::string left;
  std::string right;
  for (std::uint64_t done = 0;; done += key_chunk) {
    const auto chunk_of = [&](const Head& head, std::string& chunk) {
      chunk.resize(
          std::min<std::uint64_t>(head.chunks_size - std::min(done, head.chunks_size), key_chunk));
      if (chunk.empty()) return true;
      const std::uint64_t place = head.chunks + done / key_chunk * sizeof(std::uint64_t);
      return hoard.read_all(number_at(hoard, place), chunk);
    };
    if (!chunk_of(a, left) || !chunk_of(b, right)) return std::strong_ordering::equal;
    const auto order = left <=> right;
    if (order != std::strong_ordering::equal || left.size() < key_chunk) return order;
  }
}

bool less(Hoard& hoard, std::string_view a, std::string_view b) {
  const Member left(a);
  const Member right(b);
  const auto order = left.key <=> right.key;
  if (order != std::strong_ordering::equal) return order == std::strong_ordering::less;
  if (left.head.chunks_size == 0 || right.head.chunks_size == 0) {
    return left.head.chunks_size < right.head.chunks_size;
  }
  return compare_rests(hoard, left.head, right.head) == std::strong_ordering::less;
}

/// Puts the members of one object together: the first place has the blanks that it had, and who
/// was there takes those of the member that came in its stead.
class Assembly {
 public:
  explicit Assembly(std::string_view first_gap) : first_gap_(first_gap) {}

  template <class Give>
  void add(std::string_view record, const Give& give) {
    const Member member(record);
    if (!std::exchange(begun_, true)) {
      give(first_gap_);
      spare_gap_ = member.gap;
    } else {
      give(",");
      give(member.head.first == 1 ? std::string_view(spare_gap_) : member.gap);
    }
    give(member.body);
  }

 private:
  std::string first_gap_;
  std::string spare_gap_;
  bool begun_ = false;
};

}  // namespace

SortKeys::SortKeys(Sink& next, Spill& spill, std::size_t budget)
    : Stage(next), hoard_(spill, budget / 2), budget_(budget / 2), limit_(budget_) {
  eye_.stage = this;
}

void SortKeys::text(std::string_view bytes) {
  if (!hoard_.state()) return;
  piece_ = bytes;
  kept_ = 0;
  walk_.push(eye_, bytes);
  keep(bytes.size());
}

void SortKeys::completed(std::size_t depth) {
  if (objects_.empty()) Stage::completed(depth);
}

Result<void> SortKeys::finish() {
  if (!hoard_.state()) return hoard_.state();
  return Stage::finish();
}

/// Puts the text of the piece up to `to` where it belongs now.
void SortKeys::keep(std::size_t to) {
  std::string_view bytes = piece_.substr(kept_, to - kept_);
  kept_ = to;
  if (objects_.empty()) return out_.add(bytes);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(step, bytes.size()))) {
    keep(bytes.substr(0, step));
  }
}

void SortKeys::keep(std::string_view bytes) {
  if (in_gap_) {
    const std::string_view near = bytes.substr(0, most_gap - gap_.size());
    gap_ += near;
    bytes.remove_prefix(near.size());
    if (bytes.empty()) return;
    // More blanks than that go with the member.
    begin_member();
  }
  arena_ += bytes;
  if (arena_.size() > limit_) relieve();
}

void SortKeys::begin_member() {
  in_gap_ = false;
  Object& object = objects_.back();
  Head head;
  if (!std::exchange(object.any, true)) {
    head.first = 1;
    arena_ += gap_;
    object.first_gap = gap_.size();
    gap_.clear();
  }
  head.gap = static_cast<std::uint32_t>(gap_.size());
  object.member = arena_.size();
  object.value_end = none;
  arena_.resize(arena_.size() + sizeof head);
  put_head(arena_.data() + object.member, head);
  arena_ += gap_;
  gap_.clear();
}

void SortKeys::end_member() {
  Object& object = objects_.back();
  Head head = head_of(arena_.data() + object.member);
  head.size = static_cast<std::uint32_t>(arena_.size() - object.member);
  put_head(arena_.data() + object.member, head);
  object.member = none;
}

void SortKeys::Eye::opened(std::size_t at, bool object) const {
  stage->keep(at);
  if (!object) return;
  stage->objects_.push_back({.base = stage->arena_.size()});
  stage->in_gap_ = true;
}

void SortKeys::Eye::key_begins(std::size_t at) const {
  stage->keep(at);
  if (stage->in_gap_) stage->begin_member();
  stage->unescape_ = {};
  stage->key_.clear();
  stage->key_rest_.clear();
  stage->key_chunks_.clear();
  stage->key_size_ = 0;
}

void SortKeys::Eye::key_part(std::string_view text) {
  // In steps, since the text of the key itself is kept too.
  stage->unescape_.push(text, [this](std::string_view part) { stage->add_to_key(part); });
}

void SortKeys::add_to_key(std::string_view part) {
  key_size_ += part.size();
  const std::string_view near = part.substr(0, most_key - key_.size());
  key_ += near;
  part.remove_prefix(near.size());
  while (!part.empty()) {
    const std::string_view some = part.substr(0, key_chunk - key_rest_.size());
    key_rest_ += some;
    part.remove_prefix(some.size());
    if (key_rest_.size() < key_chunk) return;
    put_number(key_chunks_, hoard_.append(key_rest_));
    key_rest_.clear();
  }
}

void SortKeys::Eye::key_ends(std::size_t at) {
  stage->unescape_.finish([this](std::string_view part) { stage->add_to_key(part); });
  stage->keep(at);
  const Object& object = stage->objects_.back();
  Head head = head_of(stage->arena_.data() + object.member);
  head.key = static_cast<std::uint32_t>(stage->key_.size());
  head.chunks_size = stage->key_size_ - head.key;
  if (head.chunks_size > 0) {
    put_number(stage->key_chunks_, stage->hoard_.append(stage->key_rest_));
    head.chunks = stage->hoard_.append(stage->key_chunks_);
  }
  put_head(stage->arena_.data() + object.member, head);
  stage->arena_.insert(object.member + sizeof head, stage->key_);
}

void SortKeys::Eye::value_ends(std::size_t at) const {
  if (stage->objects_.empty() || !stage->walk_.nesting().in_object()) return;
  stage->keep(at);
  stage->objects_.back().value_end = stage->arena_.size();
}

void SortKeys::Eye::comma(std::size_t at) const {
  if (!stage->walk_.nesting().in_object()) return;
  stage->keep(at);
  stage->end_member();
  stage->kept_ = at + 1;
  stage->in_gap_ = true;
}

void SortKeys::Eye::closes(std::size_t at, bool object) const {
  if (!object) return;
  stage->keep(at);
  stage->end_object();
}

/// The records, in the order of their keys.
std::string_view SortKeys::order_members(std::string_view records) {
  std::vector<std::string_view> members;
  while (!records.empty()) {
    members.push_back(records.substr(0, record_size(records.data())));
    records.remove_prefix(members.back().size());
  }
  std::ranges::stable_sort(
      members, [this](std::string_view a, std::string_view b) { return less(hoard_, a, b); });
  ordered_.clear();
  for (const std::string_view member : members) ordered_ += member;
  return ordered_;
}

void SortKeys::spill_members(Object& object, std::string_view records) {
  if (records.empty()) return;
  const std::string_view ordered = order_members(records);
  object.runs.push_back({.at = hoard_.append(ordered), .size = ordered.size()});
}

void SortKeys::refer_to(std::uint64_t at, std::uint64_t size) {
  arena_ += reference_sign;
  put_number(arena_, at);
  put_number(arena_, size);
}

/// Moves what the arena holds of each open object to the hoard.
void SortKeys::relieve() {
  const std::string full = std::exchange(arena_, {});
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    Object& object = objects_[i];
    const std::size_t end = i + 1 < objects_.size() ? objects_[i + 1].base : full.size();
    const std::string_view part = std::string_view(full).substr(0, end);
    const std::size_t records = object.records();
    const std::size_t base = arena_.size();
    arena_ += part.substr(object.base, object.first_gap);
    spill_members(object, part.substr(records, std::min(object.member, end) - records));
    object.base = base;
    if (object.member == none) continue;
    const Head head = head_of(full.data() + object.member);
    const std::size_t body = object.member + sizeof head + head.key + head.gap;
    const std::size_t body_end = std::min(object.value_end, end);
    const std::size_t member = std::exchange(object.member, arena_.size());
    arena_ += part.substr(member, body - member);
    if (body_end - body >= least_spilled) {
      refer_to(hoard_.append(part.substr(body, body_end - body)), body_end - body);
    } else {
      arena_ += part.substr(body, body_end - body);
    }
    if (object.value_end != none) object.value_end = arena_.size();
    arena_ += part.substr(body_end);
  }
  // Where the open objects alone fill the budget, it is not tried again at each byte.
  limit_ = std::max(budget_, 2 * arena_.size());
}

/// Ends the last member; what stands between it and the bracket.
std::string SortKeys::take_tail(const Object& object) {
  if (object.member == none) return std::exchange(gap_, {});
  std::string tail;
  if (object.value_end != none) {
    tail = arena_.substr(object.value_end);
    arena_.resize(object.value_end);
  }
  end_member();
  return tail;
}

void SortKeys::end_object() {
  Object object = std::move(objects_.back());
  const std::string tail = take_tail(object);
  in_gap_ = false;
  const std::string first_gap = arena_.substr(object.base, object.first_gap);
  const std::string_view records = std::string_view(arena_).substr(object.records());
  const bool large = !object.runs.empty();
  if (large) {
    spill_members(object, records);
  } else {
    order_members(records);
  }
  arena_.resize(object.base);
  objects_.pop_back();
  if (large) {
    put_merged(object.runs, first_gap, tail);
  } else {
    put_ordered(first_gap, tail);
  }
  if (!objects_.empty()) return;
  hoard_.clear();
  limit_ = budget_;
}

/// The members in `ordered_`, as the object that has just ended.
void SortKeys::put_ordered(std::string_view first_gap, std::string_view tail) {
  Assembly assembly(first_gap);
  std::string block;
  const auto put = [&](std::string_view bytes) { block += bytes; };
  std::string_view records = ordered_;
  for (; !records.empty(); records.remove_prefix(record_size(records.data())))
    assembly.add(records, put);
  put(tail);
  if (objects_.empty()) {
    give(block);
  } else if (block.size() <= most_copied) {
    arena_ += block;
  } else {
    refer_to(hoard_.append(block), block.size());
  }
}

/// The members in `runs`, as the object that has just ended: out of the hoard, and back into it
/// where the object stands in another.
void SortKeys::put_merged(std::vector<Run>& runs, std::string_view first_gap,
                          std::string_view tail) {
  const auto before = [this](std::string_view a, std::string_view b) { return less(hoard_, a, b); };
  make_few(hoard_, runs, before);
  Assembly assembly(first_gap);
  const bool outermost = objects_.empty();
  const std::uint64_t at = hoard_.size();
  std::string block;
  const auto put = [&](std::string_view bytes) {
    if (outermost) return give(bytes);
    block += bytes;
    if (block.size() < step) return;
    hoard_.append(block);
    block.clear();
  };
  merge(hoard_, runs, before, [&](std::string_view record) { assembly.add(record, put); });
  put(tail);
  if (outermost) return;
  hoard_.append(block);
  refer_to(at, hoard_.size() - at);
}

/// Gives text, with the text that it refers to in place of the references.
void SortKeys::give(std::string_view held) {
  while (!held.empty()) {
    const std::size_t sign = held.find(reference_sign);
    out_.add(held.substr(0, sign));
    if (sign == held.npos) return;
    give_referred(held.substr(sign, reference_size));
    held.remove_prefix(sign + reference_size);
  }
}

void SortKeys::give_referred(std::string_view reference) {
  std::vector<Run> open;
  const auto follow = [&](const char* bytes) {
    Run run;
    std::memcpy(&run.at, bytes + 1, sizeof run.at);
    std::memcpy(&run.size, bytes + 1 + sizeof run.at, sizeof run.size);
    open.push_back(run);
  };
  follow(reference.data());
  std::string buffer;
  while (!open.empty()) {
    Run& run = open.back();
    if (run.size == 0) {
      open.pop_back();
      continue;
    }
    std::string_view some = hoard_.read(run.at, std::min<std::uint64_t>(run.size, 4096), buffer);
    if (some.empty()) return;  // the spill failed; `finish` will say so
    const std::size_t sign = some.find(reference_sign);
    some = some.substr(0, sign);
    out_.add(some);
    run.at += some.size();
    run.size -= some.size();
    if (sign == some.npos) continue;
    std::array<char, reference_size> inner{};
    if (!hoard_.read_all(run.at, inner)) return;
    run.at += inner.size();
    run.size -= inner.size();
    follow(inner.data());
  }
}

}  // namespace gird::json
