// Pushing piece by piece.
#include "pieces.hpp"

namespace gird::json {
namespace {

class Keeper : public Sink {
 public:
  void text(std::string_view bytes) override { kept.text.append(bytes); }
  void repaired(const Repair& repair) override { kept.repairs.push_back(repair); }

  Repaired kept;
};

}  // namespace

std::expected<Repaired, Refusal> repair_in_pieces(std::string_view text, std::size_t size,
                                                  const Settings& settings) {
  Keeper keeper;
  Repairer repairer(settings, keeper);
  for (std::size_t at = 0; at < text.size(); at += size) {
    if (auto pushed = repairer.push(text.substr(at, size)); !pushed)
      return std::unexpected(pushed.error());
  }
  if (auto finished = repairer.finish(); !finished) return std::unexpected(finished.error());
  return std::move(keeper.kept);
}

std::string with_repairs(std::string_view text, const std::vector<Repair>& repairs) {
  std::string out;
  std::size_t at = 0;
  for (const Repair& repair : repairs) {
    out.append(text.substr(at, repair.offset - at)).append(repair.after);
    at = repair.offset + repair.removed;
  }
  return out.append(text.substr(at));
}

}  // namespace gird::json
