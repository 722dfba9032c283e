// What came of some lines, kept until it is their turn.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/repair_fit_lines.hpp"

namespace gird {

/// Text, repairs and rejected lines in their order, packed: many repairs of short lines are many
/// times as large as the lines when each is kept as it comes.
class LineRecord final : public FittedLineSink {
 public:
  /// `lines`: what the texts are mostly views of.
  explicit LineRecord(std::string_view lines) : lines_(lines) {}

  void text(std::string_view bytes) override;
  void repaired(const json::Repair& repair) override;
  void rejected(std::string_view line, const json::Refusal& refusal) override;
  void violated(const json::Violation& violation) override;

  /// About how many bytes it takes.
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Gives all of it to `sink`. `lines` may have moved, but is what it was.
  void replay(std::string_view lines, FittedLineSink& sink) const;

 private:
  enum class What : std::uint8_t { lines, own, repair, rejected, violation };
  /// A range of the lines or of what is our own; else the next one of its vector.
  struct Step {
    What what;
    std::uint32_t from;
    std::uint32_t size;
  };
  struct PackedRepair {
    std::uint64_t offset;
    std::uint64_t removed;
    std::uint64_t inserted;
    std::uint64_t output_offset;
    std::uint32_t texts;  ///< where in `own_` `before` stands, and `after` behind it
    std::uint16_t before;
    std::uint16_t after;
    json::Kind kind;
    json::Confidence confidence;
  };
  struct Rejected {
    std::size_t from;
    std::size_t size;
    json::Refusal refusal;
  };

  void add(What what, std::size_t from, std::size_t size);
  [[nodiscard]] json::Repair unpacked(const PackedRepair& packed) const;

  std::string_view lines_;
  std::vector<Step> steps_;
  std::string own_;
  std::vector<PackedRepair> repairs_;
  std::vector<Rejected> rejected_;
  std::vector<json::Violation> violations_;
  std::size_t size_ = 0;
};

}  // namespace gird
