// Repair in one call.
#include "json/repairer.hpp"

namespace gird::json {
namespace {

class Collector : public Sink {
 public:
  explicit Collector(bool array) : array_(array) {}

  void text(std::string_view bytes) override { repaired_.text.append(bytes); }
  void repaired(const Repair& repair) override { repaired_.repairs.push_back(repair); }
  void several() override { wrapped_ = array_; }

  Repaired take() {
    if (wrapped_) repaired_.text.insert(0, "[\n");
    return std::move(repaired_);
  }

 private:
  Repaired repaired_;
  bool array_;
  bool wrapped_ = false;
};

}  // namespace

std::expected<Repaired, Refusal> repair_json(std::string_view text, const Settings& settings) {
  Collector collector(settings.sequence == Sequence::array);
  Repairer repairer(settings, collector);
  if (auto pushed = repairer.push(text); !pushed) return std::unexpected(pushed.error());
  if (auto finished = repairer.finish(); !finished) return std::unexpected(finished.error());
  return collector.take();
}

}  // namespace gird::json
