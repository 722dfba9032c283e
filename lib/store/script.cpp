// A script: the names of the numbers, the machine, and what serves a cell.
#include "store/script.hpp"

#include <algorithm>
#include <vector>

#include "base/number.hpp"
#include "store/packed.hpp"
#include "store/sha1.hpp"

namespace gird::store {
namespace {

/// Finds out which numbers a struct has.
class Lister final : public Numbers {
 public:
  void number(std::string_view name, int index, double& value) override {
    values += to_text(value) + ",";
    ++size;
    if (index > 0) {
      counts_.back() = index + 1;
      return;
    }
    names_.emplace_back(name);
    counts_.push_back(index < 0 ? -1 : 1);
  }

  /// {size=3,names={"mode","window",},counts={-1,2,}}
  [[nodiscard]] std::string table() const {
    std::string names;
    std::string counts;
    for (std::size_t at = 0; at < names_.size(); ++at) {
      names += "\"" + names_[at] + "\",";
      counts += std::to_string(counts_[at]) + ",";
    }
    return "{size=" + std::to_string(size) + ",names={" + names + "},counts={" + counts + "}}";
  }

  std::string values;
  int size = 0;

 private:
  std::vector<std::string> names_;
  std::vector<int> counts_;
};

Lister listed(const Kind& kind, Part part, void* object) {
  Lister lister;
  kind.numbers(part, object, lister);
  return lister;
}

}  // namespace

std::string lua_kind(const Kind& kind) {
  // Memory of double is aligned for every number.
  std::vector<double> config(kind.config_size / sizeof(double) + 1);
  std::vector<double> state(kind.state_size / sizeof(double) + 1);
  std::vector<double> ask(kind.ask_size / sizeof(double) + 1);
  std::vector<double> answer(kind.answer_size / sizeof(double) + 1);
  kind.fresh(config.data(), state.data());
  const Lister configs = listed(kind, Part::config, config.data());
  const Lister states = listed(kind, Part::state, state.data());
  return "local kind={version=" + std::to_string(kind.version) +
         ",most_holders=" + std::to_string(kind.most_holders) +
         ",no_ticket=0,config=" + configs.table() + ",state=" + states.table() +
         ",ask=" + listed(kind, Part::ask, ask.data()).table() +
         ",answer=" + listed(kind, Part::answer, answer.data()).table() +
         "}\n"
         "kind.fresh_config={" +
         configs.values + "}\nkind.fresh_state={" + states.values + "}\n";
}

std::string lua_library(const Kind& kind, std::string_view machine) {
  // A machine without holders has neither of the two; an unknown name would be an error.
  std::string text = "local vanished,withdrawn\n" + lua_kind(kind);
  text += machine;
  text += lua_source("cell");
  return text;
}

Script script_of(const Kind& kind, std::string_view machine) {
  Script script{lua_library(kind, machine) + "return serve(KEYS,ARGV,server_time())\n", {}};
  script.digest = sha1(script.text);
  return script;
}

}  // namespace gird::store
