// Keys that stand twice in their object.
//
// They are only noted, or all members but one are left out. That takes two passes, since which
// member is the last is known at the end of the object only: the first pass runs the text through a
// FindDuplicates and keeps it somewhere (as text that is not decided yet is kept anyway), the
// second runs the kept text through a DropMembers. FindDuplicates must be the first stage behind
// the repairer, since it takes offsets in the repairer's output back to the input.
#pragma once

#include <optional>
#include <vector>

#include "json/key_hash.hpp"
#include "json/origin.hpp"
#include "json/sorted_runs.hpp"
#include "json/stage.hpp"
#include "json/unescape.hpp"
#include "json/walk.hpp"

namespace gird::json {

/// What becomes of members with equal keys: all are kept and noted, the last or the first is kept,
/// or the caller refuses the text once it is told of one.
enum class Duplicate : std::uint8_t { keep, last, first, error };

/// Lets the text pass, and finds keys that are equal by what they mean. With `keep` and `error` the
/// next sink is told of each as a Repair of kind duplicate_key that changes nothing, with the
/// offset of the key and, in `other`, that of an earlier equal one: at once, or where the keys of
/// the open objects have outgrown the budget, in `finish`. Other modes prepare a DropMembers, which
/// tells.
///
/// Memory: about `budget` bytes, and some hundred for each open object; the rest waits in the
/// spill.
class FindDuplicates final : public Stage {
 public:
  static constexpr std::size_t usual_budget = std::size_t{4} << 20;

  /// `spill` must outlive this (and a DropMembers that reads it) and be empty. `secret` is random
  /// where the text may come from a foe; it does not change what is found.
  FindDuplicates(Sink& next, Duplicate mode, Spill& spill, const KeyHash::Secret& secret,
                 std::size_t budget = usual_budget);

  void text(std::string_view bytes) override;
  void repaired(const Repair& repair) override;
  /// The spill's error, if it had one.
  Result<void> finish() override;

  /// How many were found so far; all of them behind `finish`.
  [[nodiscard]] std::uint64_t found() const { return found_; }

  /// Bytes of the text that passed.
  struct Part {
    std::uint64_t start = 0;
    std::uint64_t end = 0;
  };
  /// Behind `finish`: what a DropMembers would leave out, in order and side by side.
  std::vector<Part> dropped();

 private:
  friend class DropMembers;
  static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

  /// Bytes of text: offsets in the repairer's output, and in the input.
  struct Range {
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    std::uint64_t input_start = 0;
    std::uint64_t input_end = 0;
  };
  /// A member: its key, and what would have to go with it.
  struct Entry {
    KeyHash::Value hash = {};
    Range range = {};
    std::uint64_t key = 0;       ///< offset in the input
    std::uint32_t below = none;  ///< the entry before it in its bucket
  };
  struct Object {
    std::uint64_t number = 0;
    std::uint32_t base = 0;       ///< its first entry
    std::uint32_t newest = none;  ///< the entry of the last member, if that is kept
    bool spilled = false;
    bool dropping = false;        ///< the member that is open
    std::uint64_t twin = 0;       ///< the key that it repeats, in the input
    std::uint64_t key = 0;        ///< of the open member, in the input
    Range range = {};             ///< of the open member
    std::uint64_t value_end = 0;  ///< of the member before
    std::uint64_t input_value_end = 0;
  };
  /// As it is spilled; `size` makes it a record.
  struct SpilledEntry {
    std::uint32_t size = sizeof(SpilledEntry);
    std::uint32_t unused = 0;
    std::uint64_t object = 0;
    KeyHash::Value hash = {};
    Range range = {};
    std::uint64_t key = 0;
  };
  struct Drop {
    std::uint32_t size = sizeof(Drop);
    std::uint32_t unused = 0;
    Range range = {};
    std::uint64_t other = 0;
  };

  struct Eye : Watcher {
    void value_ends(std::size_t at) const;
    void opened(std::size_t at, bool object) const;
    void closes(std::size_t at, bool object) const;
    void key_begins(std::size_t at) const;
    void key_part(std::string_view text);
    void key_ends(std::size_t at);

    FindDuplicates* stage = nullptr;
  };

  [[nodiscard]] std::uint64_t offset(std::size_t at) const { return passed_ + at; }
  std::uint64_t input_offset(std::uint64_t output);
  std::uint32_t entry_of(const KeyHash::Value& hash) const;
  void repeat(std::uint32_t twin);
  void insert(const Entry& entry);
  void link(std::uint32_t index);
  void link_all();
  void forget_above(std::uint32_t base);
  void relieve();
  void spill_entries(const Object& object, std::uint32_t end, std::uint32_t except);
  void end_run();
  void merge_spilled();
  void note(std::uint64_t key, std::uint64_t other, std::uint64_t output);
  void drop(const Range& range, std::uint64_t other);
  void end_drops();

  Duplicate mode_;
  Walk<Eye> walk_;
  Eye eye_;
  Hoard hoard_;
  KeyHash::Secret secret_;
  std::size_t most_entries_;
  std::size_t most_waiting_;  ///< bytes of records that wait to be sorted
  std::size_t limit_;         ///< entries at which room is made
  Origin origin_;
  std::uint64_t passed_ = 0;  ///< bytes before the piece
  std::uint64_t objects_seen_ = 0;
  std::uint64_t found_ = 0;
  std::vector<Object> objects_;
  std::vector<Entry> entries_;  ///< of the open objects, the innermost last
  std::vector<std::uint32_t> buckets_;
  KeyHash hash_;
  Unescape unescape_;
  std::vector<SpilledEntry> spilling_;
  std::vector<Run> runs_;
  std::vector<Drop> drops_;
  std::vector<Run> drop_runs_;
};

/// The second pass, over the same text: leaves out what a FindDuplicates that is finished found,
/// each member with one comma and the blanks beside it; what is left is given byte for byte. The
/// next sink is told of each as a Repair of kind duplicate_key, in the order of offsets; those
/// inside of another that is left out are not told.
class DropMembers final : public Stage {
 public:
  DropMembers(Sink& next, FindDuplicates& found);

  void text(std::string_view bytes) override;
  Result<void> finish() override;

 private:
  void next_drop();
  void tell();

  FindDuplicates& found_;
  std::optional<RunReader> reader_;
  std::optional<FindDuplicates::Drop> drop_;
  std::uint64_t passed_ = 0;
  std::uint64_t given_ = 0;
  std::string dropped_;  ///< the beginning of what is left out
};

}  // namespace gird::json
