// Who is told what was repaired, refused and left alone.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/exit.hpp"
#include "base/result.hpp"
#include "json/repairer.hpp"
#include "json/schema.hpp"
#include "shared/repair_where.hpp"

namespace gird {

/// A repair, and where in its file it is.
struct Located {
  std::string_view file;
  json::Spot at;
  std::uint64_t removed;  ///< bytes of the file, in its encoding
  const json::Repair& repair;
  const Where& where;
};

/// Why a file was not repaired.
struct Refused {
  std::string_view file;
  json::Spot at;
  const json::Refusal& refusal;
  const Where& where;
};

/// What a schema does not accept, and where in its file it is.
struct Violated {
  std::string_view file;
  json::Spot at;
  const json::Violation& violation;
  const Where& where;
};

/// How many repairs of which kind a file needed. Notes are none.
struct RepairCounts {
  std::array<std::uint64_t, 64> by_kind{};
  std::array<std::uint64_t, 3> by_confidence{};
  std::uint64_t all = 0;
  std::uint64_t rejected = 0;    ///< lines
  std::uint64_t violations = 0;  ///< of a schema
  bool more_violations = false;  ///< they were not counted to their end

  void add(const json::Repair& repair);
};

/// Something that is told although the text is as it was: a key that came twice.
bool is_note(const json::Repair& repair);

class RepairListener {
 public:
  RepairListener() = default;
  RepairListener(const RepairListener&) = delete;
  RepairListener& operator=(const RepairListener&) = delete;
  virtual ~RepairListener() = default;

  virtual void begin(std::string_view /*file*/) {}
  /// Whether it is to be told of this one: to find out where one is costs time.
  [[nodiscard]] virtual bool wants(const json::Repair& /*repair*/) const { return true; }
  virtual void repaired(const Located& repair) = 0;
  virtual void refused(const Refused& refused) = 0;
  /// A line was not repaired, and left out or left as it is; the others go on.
  virtual void rejected(const Refused& refused) = 0;
  /// The file is refused, since a schema does not accept this in it.
  virtual void violated(const Violated& violated) = 0;
  /// The file could not be read or written.
  virtual void failed(std::string_view file, const Error& error) = 0;
  /// The file is done; `written` tells whether its output left.
  virtual void end(std::string_view /*file*/, const RepairCounts& /*counts*/, bool /*written*/) {}
  /// All files are done. Fault::system, write-failed.
  virtual Result<void> finish(Exit /*exit*/) { return {}; }
};

/// The error that a refusal is: its code, and who is at fault.
Error error_of(const Refused& refused);

/// What a repair did, in words: "removed ,".
std::string deed_of(const json::Repair& repair);

/// "config.json:3:7"; standard input is "-".
std::string place_text(std::string_view file, const json::Spot& at);

}  // namespace gird
