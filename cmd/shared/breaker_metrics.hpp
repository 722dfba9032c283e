// Breakers as metrics that Prometheus scrapes.
#pragma once

#include <span>
#include <string>

#include "shared/breaker_view.hpp"

namespace gird {

/// Prometheus' text format 0.0.4, or OpenMetrics 1.0, which names the family of a counter without
/// `_total` and ends with `# EOF`.
enum class Exposition { prometheus, openmetrics };

/// All of `views`, one family of metrics after the other, in the order of `views` within each.
std::string as_metrics(std::span<const BreakerView> views, Exposition format);

}  // namespace gird
