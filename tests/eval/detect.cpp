// What detection makes of a labelled corpus.
//
//   eval-detect [--level low|medium|high] [--family NAME]... [--misses CLASS] [--hits SLICE] [-n N]
//               [--least CLASS=%]... [--most SLICE=%]... CORPUS.ndjson
//
// Prints the recall of each class, the share of each slice of benign text that is flagged, what
// each rule found, and the time a record took, with a scanner that has seen all of them before.
// --family counts the rules alone that are bound to signs of these families, and times their
// tokenizers (on the text as it is). --least and --most are goals for rows of the tables; where one
// is missed the exit status is 1.
//
// A line of the corpus has id, source, class (`benign`, `gray`: not counted, else malicious), slice
// and input (base64 if b64 is true). --misses CLASS prints malicious records of that
// class (or all) that no rule of the level speaks of; --hits SLICE benign ones (a slice, natural,
// or all) that one speaks of.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "detect/compiled.hpp"
#include "detect/families.hpp"
#include "detect/scan.hpp"

using namespace gird;

namespace {

struct Options {
  std::string level = "medium";
  std::set<std::string, std::less<>> families;
  std::string misses;
  std::string hits;
  std::size_t shown = 40;
  std::vector<std::string> least;
  std::vector<std::string> most;
  std::string corpus;
};

struct Count {
  std::size_t all = 0;
  std::size_t flagged = 0;
};

double percent_of(const Count& count) {
  return 100.0 * static_cast<double>(count.flagged) / static_cast<double>(count.all);
}

rules::Sensitivity level_of(std::string_view name) {
  for (const auto& choice : rules::sensitivities) {
    if (choice.name == name) return choice.value;
  }
  std::fprintf(stderr, "a level is low, medium or high\n");
  std::exit(2);
}

struct Record {
  std::string id;
  std::string input;
  std::string class_name;
  std::string slice;
  std::string source;
};

std::string bytes_of(const std::string& base64) {
  static constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned held = 0;
  int bits = 0;
  for (const char c : base64) {
    const std::size_t value = digits.find(c);
    if (value == std::string_view::npos) break;
    held = held << 6U | static_cast<unsigned>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(held >> static_cast<unsigned>(bits) & 0xFFU);
  }
  return bytes;
}

Options options_of(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (word == "--level")
      options.level = words.at(++at);
    else if (word == "--family")
      options.families.insert(words.at(++at));
    else if (word == "--misses")
      options.misses = words.at(++at);
    else if (word == "--hits")
      options.hits = words.at(++at);
    else if (word == "--least")
      options.least.push_back(words.at(++at));
    else if (word == "--most")
      options.most.push_back(words.at(++at));
    else if (word == "-n")
      options.shown = std::stoul(words.at(++at));
    else
      options.corpus = word;
  }
  return options;
}

void print_counts(const char* title, const std::map<std::string, Count>& counts) {
  std::printf("\n%-24s %8s %8s %8s\n", title, "records", "flagged", "%");
  for (const auto& [name, count] : counts) {
    std::printf("%-24s %8zu %8zu %8.3f\n", name.c_str(), count.all, count.flagged,
                percent_of(count));
  }
}

std::vector<Record> records_of(const std::string& path) {
  std::vector<Record> records;
  std::ifstream corpus(path);
  for (std::string line; std::getline(corpus, line);) {
    const nlohmann::json record = nlohmann::json::parse(line);
    const std::string input = record["input"];
    records.push_back({record["id"], record.value("b64", false) ? bytes_of(input) : input,
                       record["class"], record["slice"], record["source"]});
  }
  return records;
}

bool is_of(const Options& options, const rules::Rule& rule) {
  const std::string_view family = rule.sign.substr(0, rule.sign.find('/'));
  return options.families.empty() || options.families.contains(family);
}

/// What is counted, over all records.
class Tally {
 public:
  explicit Tally(const Options& options)
      : options_(options),
        book_(detect::compiled_rules()),
        scanner_(book_, {level_of(options.level), {}}),
        all_(book_, {rules::Sensitivity::high, {}}) {}

  void note(const Record& record) {
    const bool benign = record.class_name == "benign";
    const bool gray = record.class_name == "gray";
    for (const detect::Finding& finding : all_.scan(record.input)) {
      if (!gray) ++(benign ? of_rule_[finding.rule].second : of_rule_[finding.rule].first);
    }
    const std::string why = reason(record.input);
    if (benign) {
      count(slices_, record.slice, !why.empty());
      if (record.slice != "hard") count(slices_, "~natural", !why.empty());
    } else if (gray) {
      count(slices_, "~gray", !why.empty());
    } else {
      count_malicious(record, !why.empty());
    }
    show(record, why);
  }

  void print() const {
    print_counts("class", classes_);
    print_counts("source", sources_);
    print_counts("benign slice", slices_);
    std::printf("\n%-16s %-40s %-7s %-8s %10s %10s\n", "rule", "sign", "speaks", "severity",
                "malicious", "benign");
    for (const auto& [n, hits] : of_rule_) {
      const rules::Rule rule = book_.rule(n);
      if (!is_of(options_, rule)) continue;
      const auto level = rules::sensitivities.at(static_cast<std::size_t>(rule.sensitivity)).name;
      const auto severity = rules::severities.at(static_cast<std::size_t>(rule.severity)).name;
      std::printf("%-16s %-40s %-7s %-8s %10zu %10zu\n", std::string(rule.id).c_str(),
                  std::string(rule.sign).c_str(), std::string(level).c_str(),
                  std::string(severity).c_str(), hits.first, hits.second);
    }
  }

  /// How many goals are missed.
  [[nodiscard]] int missed() const {
    int count = 0;
    for (const std::string& goal : options_.least) {
      count += met(goal, "least", classes_, [](double is, double goal) { return is >= goal; });
    }
    for (const std::string& goal : options_.most) {
      count += met(goal, "most", slices_, [](double is, double goal) { return is <= goal; });
    }
    return count;
  }

  detect::Scanner& scanner() { return scanner_; }

 private:
  /// 0 where `goal`, as "~web=93", is met.
  template <class Holds>
  static int met(const std::string& goal, const char* kind,
                 const std::map<std::string, Count>& counts, const Holds& holds) {
    const std::size_t sign = goal.rfind('=');
    const auto row = counts.find(goal.substr(0, sign));
    if (sign == std::string::npos || row == counts.end()) {
      std::fprintf(stderr, "no row for the goal '%s'\n", goal.c_str());
      std::exit(2);
    }
    const double percent = percent_of(row->second);
    const bool is_met = holds(percent, std::stod(goal.substr(sign + 1)));
    std::printf("%s %s %s %%: %.3f\n", is_met ? "met   " : "MISSED", kind, goal.c_str(), percent);
    return is_met ? 0 : 1;
  }

  static void count(std::map<std::string, Count>& counts, const std::string& name, bool flagged) {
    ++counts[name].all;
    counts[name].flagged += flagged ? 1 : 0;
  }

  void count_malicious(const Record& record, bool flagged) {
    static const std::set<std::string> command_line = {"termesc",   "loginj", "bidi",   "homoglyph",
                                                       "invisible", "ci",     "arginj", "csv"};
    const bool web = !command_line.contains(record.class_name);
    count(classes_, record.class_name, flagged);
    count(classes_, web ? "~web" : "~command line", flagged);
    if (record.source == "mut") count(classes_, "~re-encoded", flagged);
    if (web && record.source != "mut") count(classes_, "~web without mut", flagged);
    count(sources_, record.source, flagged);
  }

  /// The ids that flag it.
  std::string reason(std::string_view input) {
    std::string why;
    for (const detect::Finding& finding : scanner_.scan(input)) {
      const rules::Rule rule = book_.rule(finding.rule);
      if (rule.severity == rules::Severity::info || !is_of(options_, rule)) continue;
      why += (why.empty() ? "" : " ") + std::string(rule.id);
      if (!rule.sign.empty()) why += "=" + std::string(rule.sign);
    }
    return why;
  }

  void show(const Record& record, const std::string& why) {
    const bool benign = record.class_name == "benign";
    const bool miss = !benign && record.class_name != "gray" && why.empty() &&
                      (options_.misses == "all" || options_.misses == record.class_name);
    const bool hit = benign && !why.empty() &&
                     (options_.hits == "all" || options_.hits == record.slice ||
                      (options_.hits == "natural" && record.slice != "hard"));
    if ((!miss && !hit) || shown_++ >= options_.shown) return;
    const auto bytes =
        nlohmann::json(record.input).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    std::printf("%s %s %s [%s] %s\n", record.id.c_str(), record.source.c_str(),
                record.slice.c_str(), why.c_str(), bytes.c_str());
  }

  const Options& options_;
  rules::Book book_;
  detect::Scanner scanner_;
  detect::Scanner all_;
  std::map<std::string, Count> classes_;
  std::map<std::string, Count> sources_;
  std::map<std::string, Count> slices_;
  std::map<std::size_t, std::pair<std::size_t, std::size_t>> of_rule_;
  std::size_t shown_ = 0;
};

using Look = std::function<void(std::string_view)>;

/// How long look(text) takes for the texts.
void time(const std::string& what, const std::vector<std::string_view>& texts, const Look& look) {
  std::size_t bytes = 0;
  std::vector<double> each;
  for (const std::string_view text : texts) {
    const auto before = std::chrono::steady_clock::now();
    look(text);
    const std::chrono::duration<double, std::micro> spent =
        std::chrono::steady_clock::now() - before;
    each.push_back(spent.count());
    bytes += text.size();
  }
  if (texts.empty()) return;
  const double all = std::accumulate(each.begin(), each.end(), 0.0);
  std::ranges::sort(each);
  std::printf("%-24s %8.2f us each (half within %.2f, 99 %% within %.2f), %.0f MB/s\n",
              what.c_str(), all / static_cast<double>(each.size()), each[each.size() / 2],
              each[each.size() * 99 / 100], static_cast<double>(bytes) / all);
}

void time_all(const Options& options, const std::vector<Record>& records, const Look& scan) {
  std::vector<std::string_view> texts;
  std::vector<std::string_view> logs;
  std::string log;
  for (const Record& record : records) {
    texts.emplace_back(record.input);
    if (record.class_name != "benign" || record.slice != "log") continue;
    logs.emplace_back(record.input);
    log += record.input + "\n";
  }
  std::printf("\n");
  time("all records", texts, scan);
  time("lines of logs", logs, scan);
  time("logs as one text", {log}, scan);
  for (const detect::Family& family : detect::families()) {
    if (!options.families.contains(family.name)) continue;
    time(std::string(family.name), texts, [&](std::string_view text) {
      detect::Signs signs;
      family.look(text, signs);
    });
  }
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = options_of({argv + 1, argv + argc});
  const std::vector<Record> records = records_of(options.corpus);
  if (records.empty()) {
    std::fprintf(stderr, "read '%s': no records\n", options.corpus.c_str());
    return 2;
  }
  Tally tally(options);
  for (const Record& record : records) tally.note(record);
  tally.print();
  time_all(options, records, [&](std::string_view text) { tally.scanner().scan(text); });
  return tally.missed() == 0 ? 0 : 1;
}
