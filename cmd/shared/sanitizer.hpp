// Records in, what is safe of them out.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/size.hpp"
#include "shared/action_choice.hpp"
#include "shared/detection_choice.hpp"
#include "shared/found.hpp"
#include "shared/quarantine.hpp"
#include "shared/text_route.hpp"
#include "sys/world.hpp"
#include "text/records.hpp"

namespace gird {

/// How records are told apart.
enum class Framing : std::uint8_t { lines, nulls, whole };

/// Judges each record, tells what was found, and writes it where it may be written.
class Sanitizer {
 public:
  struct Plan {
    Action action = Action::check;
    Framing framing = Framing::lines;
    bool is_written = false;  ///< for a context, or read back: it ends with a line end
    bool strip_line = false;  ///< the line end behind what is read back whole is none of it
    bool cuts = false;        ///< what is too long is cut
    Size most_record;
    FailOn fail_on = FailOn::never;
    std::optional<detect::Settings> detection;  ///< none: nothing is looked for
    bool quiet = false;
  };
  Sanitizer(Plan plan, TextRoute route, Quarantine quarantine,
            std::vector<std::unique_ptr<FoundListener>> reports, World& world);

  void take(std::string_view file, const text::RecordText& record);

  /// All records are done. Fault::system, write-failed.
  Result<void> finish();
  [[nodiscard]] const FoundTotals& totals() const { return totals_; }

 private:
  /// A record on its way.
  struct Case {
    std::string_view file;
    std::uint64_t number = 0;
    std::string_view raw;  ///< as it came
    std::string text;      ///< what it says
    std::vector<Found> found;
    std::string why;  ///< it is rejected; empty: it is not
  };

  [[nodiscard]] std::string_view body(const text::RecordText& record) const;
  void judge(Case& one);
  void scan(Case& one);
  void require(Case& one, std::string_view requirement, std::string why) const;
  void settle(Case& one);
  void write(const std::string& text);
  void tell(const Case& one, const std::string& what);
  [[nodiscard]] std::optional<TextSpot> spot_of(const Case& one, std::size_t offset) const;

  static constexpr std::uint64_t most_told = 10;

  Plan plan_;
  TextRoute route_;
  Quarantine quarantine_;
  std::vector<std::unique_ptr<FoundListener>> reports_;
  World& world_;
  std::optional<detect::Scanner> scanner_;
  FoundTotals totals_;
};

}  // namespace gird
