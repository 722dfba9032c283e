// The end of the chain: takes repaired text and keeps it, and tells what was repaired.
#pragma once

#include <string>
#include <string_view>

#include "json/repairer.hpp"
#include "shared/repair_run.hpp"

namespace gird {

/// Where complete elements leave at once.
class Outlet {
 public:
  void put(std::string_view bytes);
  void flush();

  int fault = 0;

 private:
  std::string buffer_;
};

class Judging final : public json::Sink {
 public:
  /// All of them must outlive it.
  Judging(std::string_view file, const RepairTask& task, const TextInput& input,
          const RepairListeners& listeners);

  /// The piece of the input, `offset` bytes behind its beginning, that is repaired next.
  void pass(std::string_view piece, std::uint64_t offset);
  /// The piece was repaired, and its bytes are going.
  void settle();
  void text(std::string_view bytes) override;
  void repaired(const json::Repair& repair) override;
  void several() override;
  void completed(std::size_t depth) override;
  /// A line that was left out or left as it is.
  void rejected(const json::Refusal& refusal);
  /// A schema does not accept it; sets `exit`. `at` is asked for the place.
  void violated(const json::Violation& violation, Where& at);
  /// The end of it; sets `exit`.
  void refused(const json::Refusal& refusal);
  [[nodiscard]] std::string_view file() const { return file_; }

  sys::Draft draft;
  Where where;
  Outlet outlet;
  RepairCounts counts;
  Exit exit;
  bool kept_bad = false;  ///< a line of the output is no document

 private:
  [[nodiscard]] Located located(const json::Repair& repair);

  std::string_view file_;
  const RepairTask& task_;
  const TextInput& input_;
  const RepairListeners& listeners_;
  std::string_view piece_;
  std::uint64_t piece_at_ = 0;
  bool told_ = false;  ///< the output is no longer the beginning of the input
};

}  // namespace gird
