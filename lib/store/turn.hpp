// One step on the content of a cell, the same wherever it is kept.
#pragma once

#include <memory>
#include <vector>

#include "store/slot.hpp"
#include "store/store.hpp"

namespace gird::store {

/// The places of a cell's table: who sits on them is known for sure, whatever the table says.
class Places {
 public:
  Places() = default;
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;
  virtual ~Places() = default;
  [[nodiscard]] virtual bool occupied(std::size_t place) = 0;
  /// Sits down for this process; false when somebody else sits there.
  virtual bool occupy(std::size_t place) = 0;
  virtual void leave(std::size_t place) = 0;
};

/// A step in the making. The content is changed at once; the hold only by `keep`, when the content
/// has been stored. Without it a place that was taken is left again.
class Turn {
 public:
  Turn(const Kind& kind, Slot& slot, std::shared_ptr<Places> places);
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn();

  /// Reports those who vanished, then asks. `slot.now` is the time of the step.
  void step(const void* config, const void* ask, void* answer, const Hold& hold);
  /// What the journal is to tell, in order.
  [[nodiscard]] const std::vector<policy::Note>& notes() const { return notes_; }
  void keep(Hold& hold);

 private:
  void report_vanished();
  void carry_out(const policy::Effects& effects, const Hold& hold);
  void take_place(std::uint32_t ticket);
  void note(const policy::Effects& effects);

  const Kind& kind_;
  Slot& slot_;
  std::shared_ptr<Places> places_;
  std::vector<policy::Note> notes_;
  bool drops_ = false;
  std::unique_ptr<Hold::Grip> taken_;
};

}  // namespace gird::store
