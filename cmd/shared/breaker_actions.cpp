// Looking at breakers and setting them.
#include "shared/breaker_actions.hpp"

#include <algorithm>

#include "base/chance.hpp"
#include "base/nearest.hpp"
#include "base/number.hpp"
#include "policy/words.hpp"
#include "shared/breaker_look.hpp"
#include "shared/breaker_prose.hpp"
#include "shared/breaker_table.hpp"

namespace gird {
namespace {

using policy::Breaker;

/// The breakers that were named, or all.
struct Found {
  std::vector<BreakerView> views;
  Exit exit = yes;
};

/// Says which of the names there are not, with those that may have been meant.
Result<void> say_missing(const BreakerCall& call, const std::vector<std::string>& missing) {
  if (missing.empty() || call.quiet) return {};
  const std::vector<std::string> keys = TRY(call.store.keys(store::kind_of<Breaker>()));
  std::vector<std::string_view> known(keys.begin(), keys.end());
  // A cell that is being made has a name already.
  for (const std::string& name : missing) std::erase(known, name);
  for (const std::string& name : missing) {
    std::string text = call.world.tool() + ": " + name + ": no such breaker\n";
    for (const std::string& hint : did_you_mean(nearest(name, known))) {
      text += "  hint: " + hint + "\n";
    }
    call.world.err(text);
  }
  return {};
}

Result<Found> find(const BreakerCall& call) {
  Blanks blanks;
  Found found{TRY(breakers_in(call.store, call.names, blanks))};
  if (!call.quiet) {
    for (const std::string& line : blanks.lines) call.world.say(line);
  }
  if (call.names.empty()) return found;
  TRY(say_missing(call, blanks.missing));
  if (!blanks.missing.empty() || !blanks.damaged.empty()) found.exit = no;
  return found;
}

Result<Found> find_sorted(const BreakerCall& call) {
  Found found = TRY(find(call));
  std::ranges::sort(found.views, {}, &BreakerView::name);
  return found;
}

/// A finite document: spread out for somebody who reads it, else on one line.
void write_document(const BreakerCall& call, const std::string& json) {
  call.world.out((call.world.out_terminal() ? pretty_json(json) : json) + "\n");
}

void write_list(const BreakerCall& call, const std::vector<BreakerView>& views, auto&& add_to) {
  std::vector<std::string> objects;
  for (const BreakerView& view : views) {
    JsonObject object;
    add_to(object, view);
    objects.push_back(object.text());
  }
  write_document(call, JsonObject().add("v", 1).raw("breakers", json_array(objects)).text());
}

/// The object of the one that was named, or a list of several; nothing for none.
void write_named(const BreakerCall& call, const std::vector<BreakerView>& views, auto&& add_to) {
  if (views.empty()) return;
  if (call.names.size() > 1) return write_list(call, views, add_to);
  JsonObject object;
  object.add("v", 1);
  add_to(object, views.front());
  write_document(call, object.text());
}

void add_brief(JsonObject& object, const BreakerView& view) {
  add_breaker(object, view, Depth::brief);
}

void add_all(JsonObject& object, const BreakerView& view) {
  add_breaker(object, view, Depth::full);
}

void add_explanation(JsonObject& object, const BreakerView& view) {
  const std::vector<std::string> sentences = explained(view);
  object.add("name", view.name).add("state", policy::name_of(view.state));
  object.add("sentences", std::span<const std::string>(sentences));
}

void add_entries(JsonObject& object, const BreakerView& view) {
  std::vector<std::string> entries;
  for (const store::Entry& entry : view.journal) entries.push_back(entry_json(entry));
  object.add("name", view.name).raw("entries", json_array(entries));
}

/// $COLUMNS, else what the terminal has, at most `widest`.
std::size_t width_of(const World& world) {
  const auto terminal = world.out_terminal();
  if (!terminal) return table_width;
  const auto named = parse_integer(world.variable("COLUMNS").value_or(""), 1, 10'000);
  return std::min(named ? static_cast<std::size_t>(*named) : terminal->columns, widest);
}

}  // namespace

Result<Exit> list_breakers(const BreakerCall& call) {
  const Found found = TRY(find_sorted(call));
  if (call.json) {
    write_list(call, found.views, add_brief);
  } else if (!found.views.empty()) {
    call.world.out(table_of(found.views, width_of(call.world)));
  } else if (call.names.empty() && !call.quiet) {
    call.world.say("there are no breakers");
  }
  return found.exit;
}

Result<Exit> show_breakers(const BreakerCall& call) {
  const Found found = TRY(find(call));
  if (call.json) {
    write_named(call, found.views, add_all);
    return found.exit;
  }
  for (const BreakerView& view : found.views) {
    call.world.out((&view == &found.views.front() ? "" : "\n") + described(view));
  }
  return found.exit;
}

Result<Exit> explain_breakers(const BreakerCall& call) {
  const Found found = TRY(find(call));
  if (call.json) {
    write_named(call, found.views, add_explanation);
    return found.exit;
  }
  for (const BreakerView& view : found.views) {
    if (&view != &found.views.front()) call.world.out("\n");
    for (const std::string& sentence : explained(view)) call.world.out(sentence + "\n");
  }
  return found.exit;
}

Result<Exit> tell_history(const BreakerCall& call, std::size_t most) {
  Found found = TRY(find(call));
  for (BreakerView& view : found.views) {
    const std::size_t surplus = view.journal.size() - std::min(view.journal.size(), most);
    view.journal.erase(view.journal.begin(),
                       view.journal.begin() + static_cast<std::ptrdiff_t>(surplus));
  }
  if (call.json) {
    write_named(call, found.views, add_entries);
    return found.exit;
  }
  for (const BreakerView& view : found.views) {
    if (call.lines) {
      for (const store::Entry& entry : view.journal) {
        call.world.out(entry_json(view.name, entry) + "\n");
      }
      continue;
    }
    if (call.names.size() > 1) {
      call.world.out((&view == &found.views.front() ? "" : "\n") + view.name + "\n");
    }
    call.world.out(history_of(view));
  }
  return found.exit;
}

Result<Exit> export_breakers(const BreakerCall& call, Exposition format) {
  const Found found = TRY(find_sorted(call));
  if (call.json) {
    write_list(call, found.views, add_all);
  } else {
    call.world.out(as_metrics(found.views, format));
  }
  return found.exit;
}

namespace {

/// As policy::Breaker::lasts has it: gc is not to let calls through, or to refuse them.
bool stays(const BreakerView& view) {
  if (view.state >= Breaker::Mode::held_open) return true;
  return view.state == Breaker::Mode::open && view.next_try && *view.next_try > view.seen;
}

}  // namespace

Result<Exit> collect_breakers(const BreakerCall& call, Duration idle, bool dry_run) {
  const Found found = TRY(find_sorted(call));
  std::vector<std::string> removed;
  for (const BreakerView& view : found.views) {
    if (view.idle < idle || !view.holders.empty() || stays(view)) continue;
    // Who takes it into use or sets it meanwhile keeps it: the store looks again at all of this.
    const bool gone = dry_run || TRY(call.store.remove(store::kind_of<Breaker>(), view.name, idle));
    if (gone) removed.push_back(view.name);
  }
  if (call.json) {
    JsonObject object;
    object.add("v", 1).add("dry_run", dry_run);
    object.add("removed", std::span<const std::string>(removed));
    write_document(call, object.text());
  } else {
    for (const std::string& name : removed) call.world.out(name + "\n");
  }
  return found.exit;
}

Result<Exit> administer_breakers(const BreakerCall& call, Breaker::Ask::What verb) {
  std::vector<std::string> changes;
  for (const std::string& name : call.names) {
    Breaker::Ask ask;
    ask.what = verb;
    ask.chance = Chance(call.world.entropy()).next();
    store::Hold hold;
    const auto answer = TRY(call.store.step<Breaker>(name, nullptr, ask, hold));
    const std::string_view before = policy::name_of(answer.before);
    const std::string_view after = policy::name_of(answer.after);
    changes.push_back(
        JsonObject().add("name", name).add("before", before).add("state", after).text());
    if (!call.verbose) continue;
    call.world.say(name + ": " + std::string(after) + ", was " + std::string(before));
  }
  if (call.json) {
    write_document(call, JsonObject().add("v", 1).raw("changes", json_array(changes)).text());
  }
  return yes;
}

}  // namespace gird
