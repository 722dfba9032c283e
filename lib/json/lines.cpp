// Line by line.
#include "json/lines.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "json/valid_run.hpp"

namespace gird::json {
namespace {

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// What a repairer made of one line, held until all of the line is known to be repairable. A line
/// of little but mistakes becomes many times as large: of such a one only the beginning is held.
class OneLine final : public Sink {
 public:
  explicit OneLine(bool whole) : whole_(whole) {}

  void text(std::string_view bytes) override {
    if (holds_all(bytes.size())) out += bytes;
  }
  void repaired(const Repair& repair) override {
    if (holds_all(0)) repairs.push_back(repair);
  }

  std::string out;
  std::vector<Repair> repairs;
  bool cut = false;

 private:
  static constexpr std::size_t most_out = 128 << 10;
  static constexpr std::size_t most_repairs = 1024;

  bool holds_all(std::size_t more) {
    cut = cut || (!whole_ && (out.size() + more > most_out || repairs.size() >= most_repairs));
    return !cut;
  }

  bool whole_;
};

/// Gives what comes of a line that is known to be repairable.
class Forwarded final : public Sink {
 public:
  Forwarded(std::size_t offset, Sink& sink) : offset_(offset), sink_(sink) {}

  void text(std::string_view bytes) override {
    if (bytes.empty()) return;
    last = bytes.back();
    sink_.text(bytes);
  }
  void repaired(const Repair& repair) override {
    Repair moved = repair;
    moved.offset += offset_;
    sink_.repaired(moved);
  }

  char last = 0;

 private:
  std::size_t offset_;
  Sink& sink_;
};

std::expected<void, Refusal> repair(std::string_view line, const Settings& settings, Sink& sink) {
  Repairer repairer(settings, sink);
  auto done = repairer.push(line);
  return done ? repairer.finish() : done;
}

class Lines {
 public:
  Lines(std::string_view all, const Settings& settings, BadLines bad, Unrepairable unrepairable,
        LineSink& sink)
      : all_(all), settings_(settings), bad_(bad), unrepairable_(unrepairable), sink_(sink) {
    // The documents of one line stay on lines of their own.
    if (settings_.sequence == Sequence::ndjson) settings_.sequence = Sequence::automatic;
  }

  std::expected<void, Refusal> run() {
    for (std::size_t at = 0; at < all_.size();) {
      const std::size_t end = std::min(all_.find('\n', at), all_.size());
      const std::string_view line = all_.substr(at, end - at);
      const std::size_t next = std::min(end + 1, all_.size());
      if (!valid(line)) {
        pass_valid(at);
        if (auto done = bad_line(line, at, next); !done) return done;
        passed_ = next;
      }
      at = next;
    }
    pass_valid(all_.size());
    return {};
  }

 private:
  bool valid(std::string_view line) {
    if (blank(line)) return true;
    place_.expected = Expected::value;
    place_.nesting.clear();
    const std::size_t passed = valid_run(place_, line, true, settings_.most_depth, false);
    return place_.expected == Expected::nothing && blank(line.substr(passed));
  }

  /// Valid lines leave in as large pieces as they came.
  void pass_valid(std::size_t until) {
    if (until > passed_) sink_.text(all_.substr(passed_, until - passed_));
    passed_ = until;
  }

  std::expected<void, Refusal> bad_line(std::string_view line, std::size_t at, std::size_t next) {
    if (bad_ != BadLines::repair) return refuse(line, at, next);
    OneLine made(sink_.wants_whole_lines());
    auto done = repair(line, settings_, made);
    if (!done) return unrepaired(line, at, next, std::move(done.error()));
    const bool ends = next > at + line.size();
    if (made.cut) return again(line, at, ends);
    for (Repair& repair : made.repairs) {
      repair.offset += at;
      sink_.repaired(repair);
    }
    if (ends && !made.out.ends_with('\n')) made.out += '\n';
    sink_.text(made.out);
    return {};
  }

  /// The line can be repaired, and too much comes of it to be held.
  std::expected<void, Refusal> again(std::string_view line, std::size_t at, bool ends) {
    Forwarded forwarded(at, sink_);
    auto done = repair(line, settings_, forwarded);
    if (done && ends && forwarded.last != '\n') sink_.text("\n");
    return done;
  }

  /// The line is not valid and is not to be repaired: where and why.
  std::expected<void, Refusal> refuse(std::string_view line, std::size_t at, std::size_t next) {
    Settings strict = settings_;
    strict.refused.set();
    OneLine made(false);
    auto done = repair(line, strict, made);
    Refusal refusal = done ? Refusal{Refusal::Why::broken, 0, "the line is no document"}
                           : std::move(done.error());
    if (bad_ == BadLines::fail) {
      refusal.offset += at;
      return std::unexpected(std::move(refusal));
    }
    return reject(line, at, next, std::move(refusal));
  }

  std::expected<void, Refusal> unrepaired(std::string_view line, std::size_t at, std::size_t next,
                                          Refusal refusal) {
    if (unrepairable_ == Unrepairable::reject) return reject(line, at, next, std::move(refusal));
    refusal.offset += at;
    return std::unexpected(std::move(refusal));
  }

  std::expected<void, Refusal> reject(std::string_view line, std::size_t at, std::size_t next,
                                      Refusal refusal) {
    refusal.offset += at;
    sink_.rejected(line, refusal);
    if (bad_ == BadLines::keep) sink_.text(all_.substr(at, next - at));
    return {};
  }

  std::string_view all_;
  Settings settings_;
  BadLines bad_;
  Unrepairable unrepairable_;
  LineSink& sink_;
  Place place_;
  std::size_t passed_ = 0;
};

}  // namespace

std::expected<void, Refusal> repair_lines(std::string_view lines, const Settings& settings,
                                          BadLines bad, Unrepairable unrepairable, LineSink& sink) {
  return Lines(lines, settings, bad, unrepairable, sink).run();
}

}  // namespace gird::json
