// Repair in one call.
#include <limits>
#include <utility>

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

class Ignored final : public Sink {
 public:
  void text(std::string_view /*bytes*/) override {}
  void repaired(const Repair& /*repair*/) override {}
};

}  // namespace

std::uint64_t largest_document(const Settings& settings,
                               const std::function<std::string_view()>& next) {
  Settings none = settings;
  none.only_document = std::numeric_limits<std::uint64_t>::max();
  Ignored ignored;
  Repairer repairer(none, ignored);
  while (true) {
    const std::string_view piece = next();
    const auto taken = piece.empty() ? repairer.finish() : repairer.push(piece);
    if (piece.empty() || !taken) return repairer.largest();
  }
}

std::expected<Repaired, Refusal> repair_json(std::string_view text, const Settings& settings) {
  if (settings.extract == Extract::largest && !settings.only_document) {
    Settings largest = settings;
    largest.only_document = largest_document(
        settings, [rest = text]() mutable { return std::exchange(rest, std::string_view()); });
    return repair_json(text, largest);
  }
  Collector collector(settings.sequence == Sequence::array);
  Repairer repairer(settings, collector);
  if (auto pushed = repairer.push(text); !pushed) return std::unexpected(pushed.error());
  if (auto finished = repairer.finish(); !finished) return std::unexpected(finished.error());
  return collector.take();
}

}  // namespace gird::json
