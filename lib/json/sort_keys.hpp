// The members of each object in the order of their keys.
#pragma once

#include <vector>

#include "json/sorted_runs.hpp"
#include "json/stage.hpp"
#include "json/unescape.hpp"
#include "json/walk.hpp"

namespace gird::json {

/// Sorts the members of each object by the code points of what their keys mean, as `jq -S` does;
/// equal keys keep their order. Every member is given byte for byte, and the blanks of an object
/// stay where they are as far as its members have them alike: the members change places, the lines
/// do not. Text outside of objects is given at once, an object when the outermost one around it
/// ends.
///
/// Memory: about `budget` bytes, and some hundred for each open object; the rest waits in the
/// spill, which may grow to several times the size of an outermost object, and is cleared behind
/// each. Time: n log n.
class SortKeys final : public Stage {
 public:
  static constexpr std::size_t usual_budget = std::size_t{4} << 20;

  /// `spill` must outlive this and be empty.
  SortKeys(Sink& next, Spill& spill, std::size_t budget = usual_budget);

  void text(std::string_view bytes) override;
  void completed(std::size_t depth) override;
  /// The spill's error, if it had one; what was given is cut off then.
  Result<void> finish() override;

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  /// An open object. Its part of the arena: the blanks behind its bracket, then its members.
  struct Object {
    std::size_t base = 0;
    std::size_t first_gap = 0;     ///< size of those blanks
    std::size_t member = none;     ///< where the record of the open member stands
    std::size_t value_end = none;  ///< where its value ended
    bool any = false;              ///< had a member
    std::vector<Run> runs = {};    ///< members that were spilled
    [[nodiscard]] std::size_t records() const { return base + first_gap; }
  };

  struct Eye : Watcher {
    void value_ends(std::size_t at) const;
    void opened(std::size_t at, bool object) const;
    void closes(std::size_t at, bool object) const;
    void comma(std::size_t at) const;
    void key_begins(std::size_t at) const;
    void key_part(std::string_view text);
    void key_ends(std::size_t at);

    SortKeys* stage = nullptr;
  };

  void keep(std::size_t to);
  void keep(std::string_view bytes);
  void begin_member();
  void end_member();
  void add_to_key(std::string_view part);
  std::string take_tail(const Object& object);
  void end_object();
  void put_ordered(std::string_view first_gap, std::string_view tail);
  void put_merged(std::vector<Run>& runs, std::string_view first_gap, std::string_view tail);
  void spill_members(Object& object, std::string_view records);
  void relieve();
  std::string_view order_members(std::string_view records);
  void refer_to(std::uint64_t at, std::uint64_t size);
  void give(std::string_view held);
  void give_referred(std::string_view reference);

  Walk<Eye> walk_;
  Eye eye_;
  std::string_view piece_;
  std::size_t kept_ = 0;  ///< bytes of the piece
  Hoard hoard_;
  std::size_t budget_;
  std::size_t limit_;  ///< size of the arena at which it is relieved
  std::vector<Object> objects_;
  std::string arena_;
  bool in_gap_ = false;  ///< before a key
  std::string gap_;
  Unescape unescape_;
  std::string key_;       ///< the beginning of the key that is being read
  std::string key_rest_;  ///< the rest of a long one
  std::uint64_t key_size_ = 0;
  std::string key_chunks_;  ///< where its chunks are
  std::string ordered_;
};

}  // namespace gird::json
