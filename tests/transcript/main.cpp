// transcript: runs the console blocks of Markdown pages and compares what they print.
//
//   transcript --gird PATH [--accept] [--filter TEXT] [-j N] [--limit SECONDS] FILE...
//
// Exit status 0: every case passed; 1: some failed; 2: a page or the command line is wrong.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <span>
#include <sstream>
#include <thread>

#include "base/number.hpp"
#include "transcript/compare.hpp"
#include "transcript/session.hpp"

namespace gird::transcript {
namespace {

struct Options {
  std::string gird;
  std::string filter;
  bool accept = false;
  std::int64_t jobs = std::max(1U, std::thread::hardware_concurrency());
  std::int64_t limit = 60;
  std::vector<std::string> files;
};

Result<Options> read_options(std::span<char* const> args) {
  Options options;
  for (std::size_t i = 1; i < args.size(); ++i) {
    const std::string_view word = args[i];
    const auto value = [&]() -> Result<std::string> {
      if (i + 1 < args.size()) return args[++i];
      return misuse("option-value", std::string(word), "needs a value");
    };
    const auto number = [&](std::int64_t most) -> Result<std::int64_t> {
      const std::string text = TRY(value());
      return parse_integer(text, 1, most);
    };
    if (word == "--accept") {
      options.accept = true;
    } else if (word == "--gird") {
      options.gird = TRY(value());
    } else if (word == "--filter") {
      options.filter = TRY(value());
    } else if (word == "-j") {
      options.jobs = TRY(number(1024));
    } else if (word == "--limit") {
      options.limit = TRY(number(3600));
    } else if (word.starts_with('-')) {
      return misuse("option-unknown", std::string(word), "no such option");
    } else {
      options.files.emplace_back(word);
    }
  }
  if (options.files.empty()) return misuse("operand-missing", "FILE", "no page given");
  return options;
}

Result<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return system_error("file-unreadable", "open " + path, errno);
  return text.str();
}

/// A folder for this run, gone with it.
class Workshop {
 public:
  static Result<Workshop> open(const std::string& gird) {
    const char* base = std::getenv("TMPDIR");
    std::string folder = std::string(base == nullptr ? "/tmp" : base) + "/transcript.XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) return system_error("mkdtemp", folder, errno);
    Workshop shop(folder);
    ::mkdir(shop.programs().c_str(), 0700);
    if (!gird.empty()) {
      std::array<char, PATH_MAX> real{};
      if (::realpath(gird.c_str(), real.data()) == nullptr) {
        return system_error("file-unreadable", "open " + gird, errno);
      }
      if (::symlink(real.data(), (shop.programs() + "/gird").c_str()) != 0) {
        return system_error("symlink", gird, errno);
      }
    }
    return shop;
  }
  Workshop(Workshop&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
  Workshop& operator=(Workshop&&) = delete;
  ~Workshop() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }

  [[nodiscard]] std::string programs() const { return folder_ + "/bin"; }

  /// An empty folder for one case.
  std::string scratch() {
    std::string folder = folder_ + "/" + std::to_string(++cases_);
    ::mkdir(folder.c_str(), 0700);
    return folder;
  }

  /// Removes it, with whatever modes the case left behind.
  static void remove(const std::string& folder) {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }

 private:
  explicit Workshop(std::string folder) : folder_(std::move(folder)) {}

  std::string folder_;
  int cases_ = 0;
};

/// A case that runs in a process of its own, and the end of the pipe its result comes through.
struct Running {
  const Document* page;
  const Case* it;
  std::string folder;
  int result;
};

/// The result of a case crosses the process boundary as "STATUS LATE FLOOD\n" and the output.
void send(const Ran& ran, int to) {
  std::string text = std::to_string(ran.status) + (ran.late ? " 1" : " 0") +
                     (ran.flood ? " 1" : " 0") + "\n" + ran.output;
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t count = ::write(to, rest.data(), rest.size());
    if (count < 0 && errno != EINTR) return;
    if (count > 0) rest.remove_prefix(static_cast<std::size_t>(count));
  }
}

Ran receive(int from) {
  std::string text;
  std::array<char, 65536> buffer{};
  for (ssize_t count = 1; count != 0;) {
    count = ::read(from, buffer.data(), buffer.size());
    if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
    if (count < 0 && errno != EINTR) break;
  }
  Ran ran;
  const std::size_t line = std::min(text.find('\n'), text.size());
  std::istringstream head(text.substr(0, line));
  head >> ran.status >> ran.late >> ran.flood;
  ran.output = text.substr(std::min(line + 1, text.size()));
  return ran;
}

/// Counts, compares, prints and remembers what the pages should say.
class Review {
 public:
  void judge(const Document& page, const Case& it, const Ran& ran) {
    std::string report;
    std::size_t at = 0;
    const auto all = printed_by(it, ran);
    for (const Step& step : it.steps) {
      if (step.is_command()) report += judged(page, step, all[at++]);
    }
    if (ran.late) report += "the case took too long and was killed\n";
    if (ran.flood) report += "the case printed more than 16 MiB and was killed\n";
    if (report.empty()) {
      ++passed;
      return;
    }
    ++failed;
    std::printf("FAIL %s:%zu: %s\n%s", page.path.c_str(), it.line, it.title.c_str(),
                report.c_str());
  }

  int passed = 0;
  int failed = 0;
  std::map<std::size_t, std::vector<std::string>> answers;  ///< by the line of the command

 private:
  std::string judged(const Document& page, const Step& step,
                     const std::optional<Printed>& printed) {
    std::string place = page.path + ":" + std::to_string(step.line);
    if (!printed) return "not run: " + place + ": the session had ended before it\n";
    const std::vector<std::string> actual = output_lines(printed->output);
    const std::vector<Edit> edits = compared(step.expected, actual);
    std::vector<std::string>& answer = answers[step.line];
    answer = accepted(edits);
    if (printed->status != 0) answer.push_back(status_line(printed->status));
    if (is_match(edits) && printed->status == step.status) return {};
    std::string report = "--- " + place + " expected\n+++ " + place + " printed\n";
    report += " $ " + step.text + "\n";
    for (const Edit& edit : edits) report += edit_line(edit);
    if (printed->status == step.status) {
      if (step.status != 0) report += " " + status_line(step.status) + "\n";
    } else {
      if (step.status != 0) report += "-" + status_line(step.status) + "\n";
      if (printed->status != 0) report += "+" + status_line(printed->status) + "\n";
    }
    return report;
  }

  static std::string edit_line(const Edit& edit) {
    switch (edit.kind) {
      case Edit::Kind::missing: return "-" + std::string(edit.text) + "\n";
      case Edit::Kind::extra: return "+" + std::string(edit.text) + "\n";
      case Edit::Kind::covered: return {};
      case Edit::Kind::same:
      case Edit::Kind::skip: return " " + std::string(edit.text) + "\n";
    }
    return {};
  }
};

/// Starts cases, each in a process of its own, at most `jobs` at once.
class Runner {
 public:
  Runner(const Options& options, Workshop& shop) : options_(options), shop_(shop) {}

  void run(const Document& page) {
    for (const Case& it : page.cases) {
      if (!it.title.contains(options_.filter)) continue;
      // Results are read in the order of the page, so that a report does not depend on the load.
      while (running_.size() >= static_cast<std::size_t>(options_.jobs)) collect();
      start(page, it);
    }
    while (!running_.empty()) collect();
  }

  std::map<const Document*, Review> reviews;

 private:
  void start(const Document& page, const Case& it) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) std::abort();
    const std::string folder = shop_.scratch();
    std::fflush(stdout);
    const pid_t worker = ::fork();
    if (worker < 0) std::abort();
    if (worker == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      send(run_case(it, {folder, shop_.programs(), std::chrono::seconds(options_.limit)}), pipe[1]);
      ::_exit(0);
    }
    ::close(pipe[1]);
    running_.push_back({&page, &it, folder, pipe[0]});
  }

  void collect() {
    const Running first = running_.front();
    running_.erase(running_.begin());
    const Ran ran = receive(first.result);
    ::close(first.result);
    ::waitpid(-1, nullptr, WNOHANG);
    reviews[first.page].judge(*first.page, *first.it, ran);
    Workshop::remove(first.folder);
  }

  const Options& options_;
  Workshop& shop_;
  std::vector<Running> running_;
};

/// Writes what the commands printed into the page. Fault::input, transcript-misread, where that
/// would not read back as it was printed.
Result<void> accept(const Document& page, const Review& review) {
  std::vector<Answer> answers;
  for (const Case& it : page.cases) {
    for (const Step& step : it.steps) {
      const auto found = review.answers.find(step.line);
      if (!step.is_command() || found == review.answers.end()) continue;
      std::vector<std::string> lines = found->second;
      const bool has_status =
          !lines.empty() && misread(lines.back()) && lines.back().front() == '[';
      for (std::size_t i = 0; i + (has_status ? 1 : 0) < lines.size(); ++i) {
        const bool in_the_middle = lines[i].starts_with('[') && i + 1 < lines.size();
        if (!misread(lines[i]) || in_the_middle) continue;
        return std::unexpected(Error{Fault::input, "transcript-misread",
                                     page.path + ":" + std::to_string(step.line),
                                     "this output would read as a command, a status or a fence"});
      }
      answers.push_back({&step, std::move(lines)});
    }
  }
  std::ofstream out(page.path, std::ios::binary | std::ios::trunc);
  out << rewritten(page, answers);
  out.close();
  if (!out) return system_error("file-unwritable", "write " + page.path, errno);
  return {};
}

Result<int> run(const Options& options) {
  Workshop shop = TRY(Workshop::open(options.gird));
  std::vector<Document> pages;
  for (const std::string& path : options.files) {
    const std::string text = TRY(read_file(path));
    pages.push_back(TRY(read_document(path, text)));
  }
  Runner runner(options, shop);
  int passed = 0;
  int failed = 0;
  for (const Document& page : pages) {
    runner.run(page);
    for (const Skipped& skipped : page.skipped) {
      std::printf("skip %s:%zu: %s\n", page.path.c_str(), skipped.line, skipped.reason.c_str());
    }
    const Review& review = runner.reviews[&page];
    passed += review.passed;
    failed += review.failed;
    if (options.accept && review.failed > 0) TRY(accept(page, review));
  }
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed > 0 && !options.accept ? 1 : 0;
}

}  // namespace
}  // namespace gird::transcript

int main(int argc, char** argv) {
  using namespace gird;
  const auto options = transcript::read_options({argv, static_cast<std::size_t>(argc)});
  const auto status =
      options ? transcript::run(*options) : Result<int>(std::unexpected(options.error()));
  if (status) return *status;
  std::fprintf(stderr, "transcript: %s: %s\n", status.error().what.c_str(),
               status.error().why.c_str());
  return 2;
}
