// What JSON stages cannot hold in memory, in an unlinked file.
#pragma once

#include <cstddef>

#include "json/spill.hpp"
#include "sys/fd.hpp"

namespace gird {

/// What each stage that spills may hold in memory before it does: several of them, and what waits
/// to leave, share the little that a filter may take.
inline constexpr std::size_t stage_memory = std::size_t{3} << 19;

/// The file is made when the first bytes come. Fault::system, spool-failed.
class SpoolSpill final : public json::Spill {
 public:
  Result<void> append(std::string_view bytes) override;
  Result<void> read(std::uint64_t at, std::span<char> into) override;
  Result<void> clear() override;

 private:
  sys::Fd file_;
};

}  // namespace gird
