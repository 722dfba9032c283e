// Steps: the vanished, the question, the hold.
#include "store/turn.hpp"

#include <unistd.h>

#include "store/grip.hpp"

namespace gird::store {
namespace {

/// A place at a cell's table.
class Sitting final : public Hold::Grip {
 public:
  Sitting(std::shared_ptr<Places> places, std::size_t place)
      : places_(std::move(places)), place_(place) {}
  ~Sitting() override { places_->leave(place_); }
  Sitting(const Sitting&) = delete;
  Sitting& operator=(const Sitting&) = delete;

  [[nodiscard]] bool is_at(const Places& places) const { return places_.get() == &places; }
  [[nodiscard]] std::size_t place() const { return place_; }

 private:
  std::shared_ptr<Places> places_;
  std::size_t place_;
};

/// The sitting in `hold`, if it is one at this very table: a cell that somebody deleted leaves
/// holds behind that no longer mean anything.
const Sitting* sitting_of(const Hold& hold, const Places& places) {
  const auto* sitting = dynamic_cast<const Sitting*>(hold.grip());
  return sitting != nullptr && sitting->is_at(places) ? sitting : nullptr;
}

}  // namespace

Slot fresh_slot(const Kind& kind) {
  Slot slot;
  kind.fresh(slot.config(), slot.state(kind));
  slot.version = kind.version;
  return slot;
}

Turn::Turn(const Kind& kind, Slot& slot, std::shared_ptr<Places> places)
    : kind_(kind), slot_(slot), places_(std::move(places)) {}

Turn::~Turn() = default;

void Turn::step(const void* config, const void* ask, void* answer, const Hold& hold) {
  if (config != nullptr) std::memcpy(slot_.config(), config, kind_.config_size);
  report_vanished();
  kind_.step(slot_.state(kind_), slot_.config(), ask, slot_.now, answer);
  const policy::Effects& effects = kind_.effects(answer);
  note(effects);
  carry_out(effects, hold);
  const Seat* table = slot_.table(kind_);
  while (slot_.seats > 0 && table[slot_.seats - 1].pid == 0) --slot_.seats;
}

void Turn::report_vanished() {
  Seat* table = slot_.table(kind_);
  for (std::size_t place = 0; place < slot_.seats; ++place) {
    if (table[place].pid == 0 || places_->occupied(place)) continue;
    note(kind_.vanish(slot_.state(kind_), slot_.config(), table[place].ticket, slot_.now));
    table[place] = {};
  }
}

void Turn::note(const policy::Effects& effects) {
  for (const policy::Note& each : effects.notes) {
    if (each.event != policy::Event::none) notes_.push_back(each);
  }
}

void Turn::carry_out(const policy::Effects& effects, const Hold& hold) {
  using What = policy::Effects::Hold;
  if (effects.hold == What::leave) return;
  Seat* table = slot_.table(kind_);
  const Sitting* sitting = sitting_of(hold, *places_);
  drops_ = effects.hold == What::drop;
  if (drops_ && sitting != nullptr) table[sitting->place()] = {};
  if (!drops_) {
    const auto ticket = static_cast<std::uint32_t>(effects.ticket);
    if (sitting != nullptr) {
      table[sitting->place()].ticket = ticket;
    } else {
      take_place(ticket);
    }
  }
}

/// Where every place is taken nobody sits down: the machine counts its holders and knows.
void Turn::take_place(std::uint32_t ticket) {
  Seat* table = slot_.table(kind_);
  for (std::size_t place = 0; place < kind_.most_holders; ++place) {
    if (place == slot_.seats) {
      table[place] = {};
      ++slot_.seats;
    }
    if (table[place].pid != 0 || !places_->occupy(place)) continue;
    table[place] = {static_cast<std::uint32_t>(::getpid()), ticket};
    taken_ = std::make_unique<Sitting>(places_, place);
    return;
  }
}

void Turn::keep(Hold& hold) {
  if (drops_) hold = Hold();
  if (taken_) hold = Hold(std::move(taken_));
}

}  // namespace gird::store
