// What json-repair says on standard error.
#pragma once

#include <string>

#include "shared/repair_listener.hpp"
#include "shared/repair_progress.hpp"
#include "sys/world.hpp"

namespace gird {

/// Messages for people. Guesses are named even where nothing else is.
class RepairProse final : public RepairListener {
 public:
  struct Style {
    bool quiet = false;
    bool every = false;      ///< repairs are named (-v, --check), not guesses alone
    bool unlimited = false;  ///< all of them (-v), not the first alone
    bool explain = false;    ///< with the line that it is in, and a caret
    bool colour = false;
    bool notes = false;      ///< notes are named, too
    bool annotated = false;  ///< a report beside it says on standard error what was found
    bool needed = false;     ///< repairs are what would be needed, not what was done
  };
  RepairProse(World& world, Progress& progress, Style style)
      : world_(world), progress_(progress), style_(style) {}

  void begin(std::string_view file) override;
  [[nodiscard]] bool wants(const json::Repair& repair) const override;
  void repaired(const Located& located) override;
  void refused(const Refused& refused) override;
  void rejected(const Refused& refused) override;
  void violated(const Violated& violated) override;
  void failed(std::string_view file, const Error& error) override;
  void end(std::string_view file, const RepairCounts& counts, bool written) override;

 private:
  /// So many repairs of a file are named; the last line tells how many more there were.
  static constexpr std::uint64_t most_named = 20;

  void say(const std::string& place, const std::string& text);
  void show(const Excerpt& excerpt, std::uint64_t width, std::string_view color);
  [[nodiscard]] std::string paint(std::string_view color, std::string_view text) const;

  World& world_;
  Progress& progress_;
  Style style_;
  std::uint64_t named_ = 0;
  std::uint64_t unnamed_ = 0;
  std::uint64_t violations_ = 0;  ///< named
  bool refused_ = false;
};

}  // namespace gird
