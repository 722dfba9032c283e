// What was found in a record, and who is told of it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "detect/sign.hpp"
#include "rules/rule.hpp"

namespace gird {

/// A place in a file, in lines and characters from 1.
struct TextSpot {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
};

/// Something that is wrong with a record. Its texts are those of the rule, but for `text`, which is
/// a stranger's.
struct Found {
  std::string_view file;
  std::uint64_t record = 0;      ///< its number, from 1
  std::optional<TextSpot> spot;  ///< none where records are no lines
  std::string_view text;         ///< of the record
  std::string_view class_name;   ///< "invalid" for what breaks a requirement
  std::string_view rule;
  std::string about;
  rules::Severity severity = rules::Severity::high;
  double confidence = 1;
  std::optional<rules::Sensitivity> sensitivity;  ///< none where no rule of the book found it
  unsigned cwe = 0;
  unsigned capec = 0;
  detect::Span raw;                  ///< bytes of `text`
  std::optional<detect::Span> view;  ///< bytes of what was decoded
  std::vector<std::string> steps;    ///< what had been taken off: "url", "url+html"
  std::string_view action;           ///< what became of the record: "passed", "left-out", ...
};

/// The name of a severity: "high".
std::string_view name_of(rules::Severity severity);

/// The bytes that it is about, of at most 80 characters.
std::string_view match_of(const Found& found);

/// What all records came to.
struct FoundTotals {
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;
  std::uint64_t flagged = 0;   ///< records with a finding above `info`
  std::uint64_t rejected = 0;  ///< records with one that counts, or that could not be written
  std::uint64_t findings = 0;
  std::array<std::uint64_t, 5> by_severity{};
  std::map<std::string, std::uint64_t, std::less<>> by_class;

  void add(const Found& found);
};

class FoundListener {
 public:
  FoundListener() = default;
  FoundListener(const FoundListener&) = delete;
  FoundListener& operator=(const FoundListener&) = delete;
  virtual ~FoundListener() = default;

  virtual void found(const Found& found) = 0;
  /// All records are done. Fault::system, write-failed.
  virtual Result<void> finish(const FoundTotals& totals) = 0;
};

}  // namespace gird
