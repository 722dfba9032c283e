// Locks of a cell.
#include "store/cell_file.hpp"

#include "store/byte_lock.hpp"
#include "store/cell_clock.hpp"

namespace gird::store {
namespace {

constexpr off_t places_from = sizeof(Block);

off_t byte_of(std::size_t place) { return places_from + static_cast<off_t>(place); }

}  // namespace

int CellFile::lock(Duration limit) {
  const int fault = lock_within(file_.get(), 0, 1, limit, [this] {
    const std::uint32_t now = waiting_since(present().running);
    // A reminder that cannot be written was worth the attempt.
    static_cast<void>(::pwrite(file_.get(), &now, sizeof now, offsetof(Header, waiting)) < 0);
  });
  stepping_ = fault == 0;
  return fault;
}

void CellFile::unlock() {
  stepping_ = false;
  if (left_.any() && ours_.none()) {
    // The usual end of a call: everything in one go.
    store::unlock(file_.get(), 0, 0);
  } else {
    for (std::size_t place = 0; left_.any() && place < left_.size(); ++place) {
      if (left_[place]) store::unlock(file_.get(), byte_of(place), 1);
    }
    store::unlock(file_.get(), 0, 1);
  }
  left_.reset();
}

bool CellFile::occupied(std::size_t place) {
  return ours_[place] || is_locked(file_.get(), byte_of(place), 1);
}

bool CellFile::occupy(std::size_t place) {
  if (ours_[place] || try_lock(file_.get(), byte_of(place), 1) != 0) return false;
  ours_.set(place);
  left_.reset(place);
  return true;
}

void CellFile::leave(std::size_t place) {
  if (!ours_[place]) return;
  ours_.reset(place);
  if (stepping_) {
    left_.set(place);
  } else {
    store::unlock(file_.get(), byte_of(place), 1);
  }
}

bool CellFile::any_occupied() const {
  return ours_.any() || is_locked(file_.get(), places_from, 0);
}

}  // namespace gird::store
