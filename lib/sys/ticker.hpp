// Doing something now and then while a job runs.
#pragma once

#include <functional>

#include "base/duration.hpp"
#include "sys/fd.hpp"
#include "sys/pump.hpp"

namespace gird::sys {

/// Calls `act` every `every`, by a timer of the kernel. `act` must not block for long.
class Ticker final : public Pump {
 public:
  Ticker(Duration every, std::function<void()> act) : every_(every), act_(std::move(act)) {}

  void started() override;
  void watch(std::vector<pollfd>& list) const override;
  Result<void> turn() override;
  Result<void> finish() override;

 private:
  Duration every_;
  std::function<void()> act_;
  Fd timer_;
};

}  // namespace gird::sys
