// A rule: what a sign or a pattern in a text means.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "base/choice.hpp"

namespace gird::rules {

/// How bad it is where it is what it looks like.
enum class Severity { info, low, medium, high, critical };

/// The least attention at which a rule speaks: `low` is for texts where a false alarm is dear.
enum class Sensitivity { low, medium, high };

inline constexpr std::array<Choice<Severity>, 5> severities{{
    {"info", Severity::info, "worth knowing, no threat"},
    {"low", Severity::low, "harmless in most places"},
    {"medium", Severity::medium, "changes what is shown or asked"},
    {"high", Severity::high, "reads or runs what it should not"},
    {"critical", Severity::critical, "takes the machine over"},
}};

inline constexpr std::array<Choice<Sensitivity>, 3> sensitivities{{
    {"low", Sensitivity::low, "what hardly any honest text holds"},
    {"medium", Sensitivity::medium, "what few honest texts hold"},
    {"high", Sensitivity::high, "whatever may be hostile"},
}};

/// The texts belong to whatever the rule was read from.
struct Rule {
  std::string_view id;          ///< "GS-CSV-0001": stable, never used for another
  std::string_view class_name;  ///< "sqli", "xss", ...
  std::string_view about;       ///< what was seen, in a line
  std::string_view why;         ///< how it does harm, and what tells it from honest text
  std::string_view sign;        ///< what a tokenizer tells ("csv/dde"), or
  std::string_view pattern;     ///< what is found (RE2, over bytes)
  Severity severity = Severity::medium;
  Sensitivity sensitivity = Sensitivity::medium;
  double confidence = 0.5;      ///< 0 to 1: how sure it is what it looks like
  unsigned cwe = 0;             ///< 0 is none
  unsigned capec = 0;           ///< 0 is none
  std::string_view since;       ///< the version of gird that had it first
  std::string_view deprecated;  ///< the version of gird from which another rule stands for it
  std::string_view notes;
  std::vector<std::string_view> literals;  ///< one of them is in every text with the pattern
  std::vector<std::string_view> pos;       ///< texts that it finds
  std::vector<std::string_view> neg;       ///< texts that it does not
};

}  // namespace gird::rules
