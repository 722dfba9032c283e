// Looking, telling, waiting for the next change.
#include "shared/breaker_watch.hpp"

#include <algorithm>
#include <csignal>
#include <map>
#include <set>

#include "shared/breaker_look.hpp"
#include "shared/breaker_table.hpp"
#include "sys/wakes.hpp"

namespace gird {
namespace {

using policy::Breaker;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// No display changes more often.
constexpr Duration shortest_pause = milliseconds(100);
/// Spans that are shown go on while nothing changes.
constexpr Duration tick = seconds(1);
/// A wait without an end.
constexpr Duration for_ever = std::chrono::hours(24);

/// Every number of a breaker's state, in order: padding is not compared.
std::vector<double> numbers_of(const Breaker::State& state) {
  std::vector<double> numbers;
  Breaker::State copy = state;
  Breaker::State::each(copy, [&](std::string_view, auto& field) {
    if constexpr (requires { field.begin(); }) {
      for (const auto& item : field) numbers.push_back(static_cast<double>(item));
    } else {
      numbers.push_back(static_cast<double>(field));
    }
  });
  return numbers;
}

class Follower {
 public:
  Follower(const WatchPlan& plan, store::Store& store, World& world)
      : plan_(plan), store_(store), world_(world) {
    if (!plan.lines) terminal_ = world.out_terminal();
    const Instant now = world.now();
    if (plan.timeout) deadline_ = now + std::min<Duration>(*plan.timeout, Instant::max() - now);
  }

  Result<Exit> follow();

 private:
  Result<Exit> look();
  void tell_changes(const std::map<std::string, BreakerView>& now);
  void draw();
  void say_once(const std::string& line);
  void tell_blanks(const Blanks& blanks);
  Result<std::optional<Exit>> rest(int wake);

  [[nodiscard]] bool enough() const { return plan_.count && changes_ >= *plan_.count; }
  [[nodiscard]] Duration patience() const {
    return deadline_ ? std::max(*deadline_ - world_.now(), Duration::zero()) : for_ever;
  }

  const WatchPlan& plan_;
  store::Store& store_;
  World& world_;
  std::optional<TerminalSize> terminal_;
  std::optional<Instant> deadline_;
  std::map<std::string, BreakerView> seen_;
  bool begun_ = false;
  std::int64_t changes_ = 0;
  std::size_t drawn_ = 0;  ///< lines of the last frame
  std::set<std::string> said_;
};

std::string line_of(const BreakerView& view, const std::vector<store::Entry>& news) {
  JsonObject object;
  object.add("v", 1);
  add_breaker(object, view, Depth::brief);
  std::vector<std::string> entries;
  for (const store::Entry& entry : news) entries.push_back(entry_json(entry));
  return object.raw("events", json_array(entries)).text() + "\n";
}

std::string removal_line(const std::string& name) {
  return JsonObject().add("v", 1).add("name", name).add("removed", true).text() + "\n";
}

/// What is there already is shown, and is no change.
void Follower::tell_changes(const std::map<std::string, BreakerView>& now) {
  for (const auto& [name, view] : now) {
    const auto before = seen_.find(name);
    const bool known = before != seen_.end();
    if (known && !differ(before->second, view)) continue;
    if (begun_) ++changes_;
    if (terminal_) continue;
    const auto news = known    ? new_entries(before->second, view)
                      : begun_ ? view.journal
                               : std::vector<store::Entry>();
    world_.out(line_of(view, news));
  }
  for (const auto& [name, view] : seen_) {
    if (now.contains(name)) continue;
    ++changes_;
    if (!terminal_) world_.out(removal_line(name));
  }
}

/// `yes`, or how to end because nobody reads any more.
Result<Exit> Follower::look() {
  std::map<std::string, BreakerView> now;
  Blanks blanks;
  for (BreakerView& view : TRY(breakers_in(store_, plan_.names, blanks))) {
    std::string name = view.name;
    now.emplace(std::move(name), std::move(view));
  }
  tell_changes(now);
  seen_ = std::move(now);
  begun_ = true;
  tell_blanks(blanks);
  if (terminal_) draw();
  return world_.finish();
}

void Follower::say_once(const std::string& line) {
  if (!said_.insert(line).second) return;
  world_.say(line);
  drawn_ = 0;  // it stands below the frame, and the next one comes below it
}

void Follower::tell_blanks(const Blanks& blanks) {
  for (const std::string& line : blanks.lines) say_once(line);
  for (const std::string& complaint : store_.complaints()) say_once(complaint);
  if (plan_.names.empty()) return;
  for (const std::string& name : blanks.missing) {
    say_once(name + ": no such breaker yet; waiting for it");
  }
}

void Follower::draw() {
  terminal_ = world_.out_terminal().value_or(*terminal_);
  std::vector<BreakerView> views;
  for (const auto& [name, view] : seen_) views.push_back(view);
  const std::string table = views.empty() ? "there are no breakers\n"
                                          : table_of(views, std::min(terminal_->columns, widest));
  const std::string frame = frame_of(table, terminal_->rows, terminal_->columns, drawn_);
  drawn_ = static_cast<std::size_t>(std::ranges::count(frame, '\n'));
  world_.out(frame);
}

/// Waits for the next look; the exit status when there is to be none.
Result<std::optional<Exit>> Follower::rest(int wake) {
  const auto over = [&](const sys::Waited& waited) -> std::optional<Exit> {
    if (waited.interrupted) return died_of(*waited.interrupted);
    if (!terminal_ && sys::reader_gone(STDOUT_FILENO)) return died_of(SIGPIPE);
    if (deadline_ && world_.now() >= *deadline_) return late;
    return std::nullopt;
  };
  const Duration pause = std::min(patience(), shortest_pause);
  if (const auto exit = over(TRY(world_.sleep(pause)))) return exit;
  const Duration span = std::min(patience(), terminal_ ? tick - shortest_pause : for_ever);
  return over(TRY(world_.sleep(span, wake)));
}

Result<Exit> Follower::follow() {
  const std::string_view only = plan_.names.size() == 1 ? plan_.names.front() : std::string_view();
  const auto changes = TRY(store_.changes(store::kind_of<Breaker>(), only));
  auto wakes = TRY(sys::Wakes::open());
  TRY(wakes.add_input(changes->descriptor()));
  if (!terminal_) TRY(wakes.add_reader(STDOUT_FILENO));
  while (true) {
    const Exit written = TRY(look());
    if (written != yes || enough()) return written;
    if (const auto exit = TRY(rest(wakes.get()))) return *exit;
    // Which ones changed does not matter: all are looked at again.
    TRY(changes->take());
  }
}

}  // namespace

bool differ(const BreakerView& one, const BreakerView& other) {
  const auto ticket = [](const store::Holder& holder) { return holder.ticket; };
  const auto same_entry = [](const store::Entry& left, const store::Entry& right) {
    return left.time == right.time && left.note.event == right.note.event &&
           left.note.cause == right.note.cause && left.note.value == right.note.value;
  };
  return numbers_of(one.raw) != numbers_of(other.raw) ||
         !std::ranges::equal(one.holders, other.holders, {}, ticket, ticket) ||
         !std::ranges::equal(one.journal, other.journal, same_entry);
}

std::vector<store::Entry> new_entries(const BreakerView& before, const BreakerView& now) {
  if (before.journal.empty()) return now.journal;
  const store::Entry& last = before.journal.back();
  // Several may share a moment: what was there is skipped by its number from the end.
  const auto same = [&](const store::Entry& entry) { return entry.time == last.time; };
  const auto known = std::ranges::count_if(before.journal, same);
  std::vector<store::Entry> news;
  std::int64_t met = 0;
  for (const store::Entry& entry : now.journal) {
    if (entry.time < last.time || (same(entry) && ++met <= known)) continue;
    news.push_back(entry);
  }
  return news;
}

std::string frame_of(std::string_view table, std::size_t rows, std::size_t columns,
                     std::size_t drawn) {
  std::vector<std::string> lines;
  while (!table.empty()) {
    const std::size_t end = table.find('\n');
    lines.emplace_back(table.substr(0, std::min(end, columns)));
    table.remove_prefix(end + 1);
  }
  const std::size_t room = std::max<std::size_t>(rows, 3) - 1;
  if (lines.size() > room) {
    const std::size_t hidden = lines.size() - room + 1;
    lines.resize(room - 1);
    lines.push_back(("... " + std::to_string(hidden) + " more lines").substr(0, columns));
  }
  // Up to the first line of the last frame; each line replaces what stood there, and what is left
  // below is cleared.
  std::string frame = drawn > 0 ? "\x1b[" + std::to_string(drawn) + "A\r" : "";
  for (const std::string& line : lines) frame += line + "\x1b[K\n";
  return frame + "\x1b[J";
}

Result<Exit> watch_breakers(const WatchPlan& plan, store::Store& store, World& world) {
  return Follower(plan, store, world).follow();
}

}  // namespace gird
