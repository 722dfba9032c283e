// A patch made of edits. Source: POSIX.1-2017, diff -u.
#include "shared/repair_diff.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ranges>
#include <vector>

#include "sys/spool.hpp"

namespace gird {
namespace {

constexpr std::size_t step = 64 << 10;
constexpr std::uint64_t context = 3;
/// A hunk of more changes is cut, so that what is kept of it stays small.
constexpr std::size_t most_changes = 1000;

/// A text that can be read anywhere.
class Text {
 public:
  Text(int number, std::uint64_t start, std::uint64_t size)
      : number_(number), start_(start), size_(size) {}

  [[nodiscard]] std::uint64_t size() const { return size_; }

  [[nodiscard]] std::string read(std::uint64_t from, std::uint64_t count) const {
    std::string text(std::min<std::uint64_t>(count, step), '\0');
    const ssize_t got =
        ::pread(number_, text.data(), text.size(), static_cast<off_t>(start_ + from));
    text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return text;
  }

  /// The start of the line that `at` is in.
  [[nodiscard]] std::uint64_t line_start(std::uint64_t at) const {
    while (at > 0) {
      const std::uint64_t from = at - std::min<std::uint64_t>(at, step);
      const std::string text = read(from, at - from);
      const std::size_t found = text.rfind('\n');
      if (found != text.npos) return from + found + 1;
      if (text.empty()) return at;
      at = from;
    }
    return 0;
  }

  /// Behind the line feed of the line that `at` is in.
  [[nodiscard]] std::uint64_t line_end(std::uint64_t at) const {
    while (at < size_) {
      const std::string text = read(at, size_ - at);
      const std::size_t found = text.find('\n');
      if (found != text.npos) return at + found + 1;
      if (text.empty()) break;
      at += text.size();
    }
    return size_;
  }

  /// Line feeds between two places.
  [[nodiscard]] std::uint64_t feeds(std::uint64_t from, std::uint64_t to) const {
    std::uint64_t count = 0;
    while (from < to) {
      const std::string text = read(from, to - from);
      if (text.empty()) break;
      count += static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
      from += text.size();
    }
    return count;
  }

  /// Lines between two places, the last of which may lack its line feed.
  [[nodiscard]] std::uint64_t lines(std::uint64_t from, std::uint64_t to) const {
    const bool open = to > from && read(to - 1, 1) != "\n";
    return feeds(from, to) + (open ? 1 : 0);
  }

 private:
  int number_;
  std::uint64_t start_;
  std::uint64_t size_;
};

/// A stretch of the old text and the stretch of the new one that stands for it.
struct Change {
  std::uint64_t old_from = 0;
  std::uint64_t old_to = 0;
  std::uint64_t new_from = 0;
  std::uint64_t new_to = 0;
};

class Patch {
 public:
  Patch(std::string file, Text before, Text after, int target)
      : file_(std::move(file)), before_(before), after_(after), target_(target) {}

  /// A change of bytes; each lies behind the one before.
  void add(Change edit) {
    trim(edit);
    if (edit.old_from == edit.old_to && edit.new_from == edit.new_to) return;
    const Change lines = whole_lines(edit);
    if (!changes_.empty() && lines.old_from < changes_.back().old_to) {
      // The same line; the last one of a file may go on where it ended.
      changes_.back().old_to = lines.old_to;
      changes_.back().new_to = lines.new_to;
      return;
    }
    const bool near =
        !changes_.empty() && before_.feeds(changes_.back().old_to, lines.old_from) <= 2 * context;
    if (!changes_.empty() && (!near || changes_.size() >= most_changes)) {
      next_from_ = lines.old_from;
      give();
    }
    changes_.push_back(lines);
  }

  void finish() {
    next_from_ = before_.size();
    if (!changes_.empty()) give();
    flush();
  }

  int fault = 0;

 private:
  /// What both sides of an edit begin and end with is no change.
  void trim(Change& edit) const {
    while (edit.old_from < edit.old_to && edit.new_from < edit.new_to) {
      const std::uint64_t most = std::min(edit.old_to - edit.old_from, edit.new_to - edit.new_from);
      const std::string a = before_.read(edit.old_from, most);
      const std::string b = after_.read(edit.new_from, most);
      const auto same = static_cast<std::uint64_t>(std::ranges::mismatch(a, b).in1 - a.begin());
      edit.old_from += same;
      edit.new_from += same;
      if (same < a.size() || same == 0) break;
    }
    while (edit.old_from < edit.old_to && edit.new_from < edit.new_to) {
      const std::uint64_t most =
          std::min({edit.old_to - edit.old_from, edit.new_to - edit.new_from, std::uint64_t{step}});
      const std::string a = before_.read(edit.old_to - most, most);
      const std::string b = after_.read(edit.new_to - most, most);
      const auto backwards = std::views::reverse(a);
      const auto ends = std::ranges::mismatch(backwards, std::views::reverse(b));
      const auto same = static_cast<std::uint64_t>(ends.in1 - backwards.begin());
      edit.old_to -= same;
      edit.new_to -= same;
      if (same < most) break;
    }
  }

  [[nodiscard]] Change whole_lines(const Change& edit) const {
    const std::uint64_t start = before_.line_start(edit.old_from);
    const std::uint64_t end = before_.line_end(edit.old_to);
    // The rest of the lines is the same on both sides.
    return {start, end, edit.new_from - (edit.old_from - start), edit.new_to + (end - edit.old_to)};
  }

  /// The start of the line `count` lines before `at`, which starts one; not before `least`.
  [[nodiscard]] std::uint64_t back(std::uint64_t at, std::uint64_t least) const {
    for (std::uint64_t i = 0; i < context && at > least; ++i) at = before_.line_start(at - 1);
    return std::max(at, least);
  }
  [[nodiscard]] std::uint64_t ahead(std::uint64_t at, std::uint64_t most) const {
    for (std::uint64_t i = 0; i < context && at < most; ++i) at = before_.line_end(at);
    return std::min(at, most);
  }

  void give() {
    const Change& first = changes_.front();
    const Change& last = changes_.back();
    Change all{back(first.old_from, given_to_), ahead(last.old_to, next_from_), 0, 0};
    all.new_from = first.new_from - (first.old_from - all.old_from);
    all.new_to = last.new_to + (all.old_to - last.old_to);
    head(all);
    std::uint64_t at = all.old_from;
    for (const Change& change : changes_) {
      put(' ', before_, at, change.old_from);
      put('-', before_, change.old_from, change.old_to);
      put('+', after_, change.new_from, change.new_to);
      at = change.old_to;
    }
    put(' ', before_, at, all.old_to);
    given_to_ = all.old_to;
    changes_.clear();
  }

  void head(const Change& all) {
    if (!begun_) write("--- " + file_ + "\n+++ " + file_ + "\n");
    begun_ = true;
    old_line_ += before_.feeds(counted_old_, all.old_from);
    new_line_ += after_.feeds(counted_new_, all.new_from);
    counted_old_ = all.old_from;
    counted_new_ = all.new_from;
    const auto side = [](std::uint64_t line, std::uint64_t count) {
      // Of nothing, the line before it is named.
      return std::to_string(count == 0 ? line - 1 : line) + "," + std::to_string(count);
    };
    write("@@ -" + side(old_line_, before_.lines(all.old_from, all.old_to)) + " +" +
          side(new_line_, after_.lines(all.new_from, all.new_to)) + " @@\n");
  }

  void put(char sign, const Text& text, std::uint64_t from, std::uint64_t to) {
    bool fresh = true;
    while (from < to) {
      const std::string piece = text.read(from, to - from);
      if (piece.empty()) break;
      from += piece.size();
      for (std::string_view rest = piece; !rest.empty();) {
        const std::string_view line =
            rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
        if (fresh) write(std::string_view(&sign, 1));
        write(line);
        fresh = line.ends_with('\n');
        rest.remove_prefix(line.size());
      }
    }
    if (!fresh) write("\n\\ No newline at end of file\n");
  }

  void write(std::string_view text) {
    buffer_ += text;
    if (buffer_.size() >= step) flush();
  }
  void flush() {
    if (fault == 0 && !buffer_.empty()) fault = sys::write_all(target_, buffer_);
    buffer_.clear();
  }

  std::string file_;
  Text before_;
  Text after_;
  int target_;
  std::string buffer_;
  std::vector<Change> changes_;  ///< of the hunk that grows, as whole lines
  std::uint64_t next_from_ = 0;  ///< where the change behind that hunk begins
  std::uint64_t given_to_ = 0;
  std::uint64_t counted_old_ = 0;
  std::uint64_t counted_new_ = 0;
  std::uint64_t old_line_ = 1;
  std::uint64_t new_line_ = 1;
  bool begun_ = false;
};

/// Finds the edits in what is kept: between two ranges, what the input has there gave way to the
/// bytes that were kept.
class Edits final : public sys::Draft::Visitor {
 public:
  Edits(std::uint64_t start, Patch& patch) : start_(start), patch_(patch) {}

  void range(std::uint64_t from, std::uint64_t count) override {
    const std::uint64_t at = from - start_;
    if (at < old_) {
      new_ += count;  // what was moved to the front is new there
      return;
    }
    edit(at);
    old_ = at + count;
    new_ += count;
    done_ = new_;
  }
  void bytes(std::string_view text) override { new_ += text.size(); }

  void finish(std::uint64_t size) { edit(size); }

 private:
  void edit(std::uint64_t to) {
    if (to > old_ || new_ > done_) patch_.add({old_, to, done_, new_});
  }

  std::uint64_t start_;
  Patch& patch_;
  std::uint64_t old_ = 0;   ///< so much of the input is dealt with
  std::uint64_t new_ = 0;   ///< so much of the output
  std::uint64_t done_ = 0;  ///< so much of the output stands for `old_` bytes
};

}  // namespace

Result<Exit> write_diff(const std::string& file, Judged& judged, int target) {
  const sys::Fd output = TRY(sys::make_spool());
  int fault = judged.draft.leave(output.get());
  if (fault != 0) return system_error("spool-failed", "keep the output for --diff", fault);
  const sys::Input& input = judged.input.bytes();
  Patch patch(file, Text(input.number(), input.start(), input.passed()),
              Text(output.get(), 0, judged.draft.size()), target);
  if (judged.input.transcoded()) {
    // Nothing of it is as it was.
    patch.add({0, input.passed(), 0, judged.draft.size()});
  } else {
    Edits edits(input.start(), patch);
    fault = judged.draft.visit(edits);
    if (fault != 0) return system_error("spool-failed", "keep the output for --diff", fault);
    edits.finish(input.passed());
  }
  patch.finish();
  if (patch.fault == EPIPE) return died_of(SIGPIPE);
  if (patch.fault != 0) return system_error("write-failed", "write error", patch.fault);
  return yes;
}

}  // namespace gird
