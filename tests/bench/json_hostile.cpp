// What time the repairer takes when its input grows to twice its size, for inputs made to be slow.
//
// usage: bench-json-hostile [LARGEST_MIB [WORD]]
// Sizes go from 1 MiB to LARGEST_MIB (64) by doubling; WORD names the families to try. Exit 1 when
// one takes more than 2.3 times as long for twice the input.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "json/repairer.hpp"

namespace {

using gird::json::Repair;
using gird::json::Repairer;
using gird::json::Settings;
using gird::json::Sink;

struct Family {
  std::string_view name;
  std::string_view before;
  std::string_view unit;
  std::string_view after = "";
};

constexpr Family families[] = {
    {"valid records", "[", R"({"id": 1, "name": "a b c", "tags": [true, null]}, )", "1]"},
    {"open arrays", "", "["},
    {"open objects", "", R"({"a":)"},
    {"open objects without keys", "", "{"},
    {"open both", "", "{["},
    {"open both with keys", "", R"([{"a":)"},
    {"closed arrays", "", "]"},
    {"closed arrays in an object", R"({"a": 1)", "]"},
    {"closed objects in an array", "[1", "}"},
    {"wrong ends", "", "[}{]"},
    {"quote after a parenthesis", "", R"("(b") )"},
    {"quote after a parenthesis in an array", "[", R"("(b") )"},
    {"quote after a parenthesis in an object", "{", R"("(b") )"},
    {"quotes never closed", "[", R"("a )"},
    {"quotes never closed in a member", R"({"k": )", R"("a )"},
    {"quotes and letters", R"({"k": ")", R"(a" b)"},
    {"quotes", "", "\""},
    {"quotes in an array", "[", "\""},
    {"quotes in a member", R"({"k": )", "\""},
    {"quotes and commas", "[", "\","},
    {"quotes and commas in a member", R"({"k": ")", R"(", )"},
    {"quotes, commas and words", R"({"k": ")", R"(a", b)"},
    {"quotes and colons", R"({"k": ")", R"(": )"},
    {"quotes and closers", R"({"k": ")", R"("} )"},
    {"quotes and closers in an array", R"([")", R"("] )"},
    {"members inside a string", R"({"k": "a, )", R"({"k": {"n": 1}}, )"},
    {"doubled quotes", "{", R"(""a"": ""b"", )"},
    {"single quotes", "", "'"},
    {"single quotes in an array", "['", "a' "},
    {"single quotes and commas", "['", "a', "},
    {"backticks", "", "`"},
    {"backticks in an array", "[", "`a "},
    {"typographic quotes", "[", "\xE2\x80\x9C"},
    {"typographic quotes opened and closed", "[",
     "\xE2\x80\x9C"
     "a\xE2\x80\x9D "},
    {"escaped keys", "{", R"(\"key\": \"value\", )"},
    {"escaped keys never closed", "{", R"(\"key: )"},
    {"escaped twice", "{", R"(\\\"key\\\": )"},
    {"backslashes", "", "\\"},
    {"backslashes in a string", R"({"k": ")", "\\"},
    {"backslashes and quotes", R"({"k": ")", R"(\")"},
    {"bad escapes", R"({"k": ")", R"(\x\u12)"},
    {"lone surrogates", R"({"k": ")", R"(\ud800)"},
    {"unclosed string with commas", R"(["a)", ", b"},
    {"unclosed string with commas in a member", R"({"k": "a)", ", b"},
    {"unclosed string with members", R"({"k": "a)", ", b: c"},
    {"unclosed string with line feeds", R"(["a)", "\nb"},
    {"unclosed string with line feeds in a member", R"({"k": "a)", ",\nb"},
    {"unclosed string with closers", R"({"k": "a)", "}]"},
    {"unclosed long string", R"({"k": ")", "a long text without any mark "},
    {"missing end quotes", "{", R"("a": "b, )"},
    {"missing end quotes and line feeds", "{", "\"a\": \"b,\n"},
    {"missing start quotes", "{", R"(a": b", )"},
    {"concatenation", R"("a")", R"( + "b")"},
    {"concatenation in an array", R"(["a")", R"( + "b")"},
    {"pluses", R"(["a" )", "+ "},
    {"blanks", "", " "},
    {"blanks in an array", "[1", " "},
    {"blanks behind a comma", "[1,", " "},
    {"blanks behind a string", R"({"k": "a")", " "},
    {"blanks behind a key", R"({"k")", " "},
    {"line feeds in an array", "[1", "\n"},
    {"other blanks", "[1", "\xC2\xA0"},
    {"form feeds", "[", "\f"},
    {"blanks in many strings", "[", "\"a\"                                         "},
    {"block comments", "", "/**/"},
    {"block comments in an array", "[1", "/**/"},
    {"block comments behind a string", R"(["a")", "/**/"},
    {"block comments behind a key", R"({"a")", "/**/"},
    {"openings of block comments", "[1", "/*"},
    {"line comments", "", "//\n"},
    {"line comments in an object", "{", "// a\n"},
    {"hash comments", "", "# a\n"},
    {"hash comments in an array", "[1,", "#\n"},
    {"one long comment", "[1 //", "a "},
    {"slashes", "", "/"},
    {"slashes in an array", "[", "/"},
    {"regular expressions", "[", R"(/a\/b/ )"},
    {"commas", "", ","},
    {"commas in an array", "[", ","},
    {"commas in an object", "{", ", "},
    {"colons", "", ":"},
    {"colons in an object", "{", ":"},
    {"keys without values", "{", R"("a": , )"},
    {"keys without colons", "{", R"("a" "b" )"},
    {"keys alone", "{", R"("a", )"},
    {"words", "", "a "},
    {"words in an array", "[", "a "},
    {"words and commas in an object", "{", "a, "},
    {"words and colons", "{", "a: "},
    {"words, colons and line feeds", "{", "a: b\n"},
    {"one long word", "", "a"},
    {"one long word in an array", "[", "a"},
    {"one long key", "{", "a"},
    {"one long quoted key", "{\"", "a"},
    {"one long number", "", "1"},
    {"one long number in an array", "[", "1"},
    {"numbers", "[", "1 "},
    {"minus signs", "[", "-"},
    {"dots", "[", "."},
    {"ellipses", "[1, ", "..., "},
    {"versions", "[", "1.2.3 "},
    {"parentheses", "", "("},
    {"parentheses in an array", "[", "("},
    {"tuples", "[", "(1, 2), "},
    {"open tuples", "[", "(1, "},
    {"calls", "", "f("},
    {"calls in an array", "[", "f("},
    {"wrappers", "[", "NumberLong(2), "},
    {"sets", "[", "{'a', 'b'}, "},
    {"open sets", "", "{'a', "},
    {"keyed arrays", "", R"(["a": )"},
    {"documents", "", R"({"a": 1} )"},
    {"empty documents", "", "[]{}"},
    {"scalars", "", "1\n"},
    {"documents and words", "", R"({"a": 1} x )"},
    {"prose", "", "Here is {the} [text], "},
    {"prose before a document", "It is said, that a text is long. ", "It goes on and on. ", "{}"},
    {"fences", "", "```json\n{\"a\": 1}\n```\n"},
    {"openings of fences", "", "```json\n"},
    {"fences in a string", R"({"k": ")", "```\n{}\n```\n"},
    {"tags", "", "<think>"},
    {"tags closed", "", "<think>a</think>"},
    {"events", "", "data: {\"a\": 1}\n\n"},
    {"assignments", "", "x='{}' "},
    {"zeros", "", std::string_view("\0", 1)},
    {"zeros in a string", R"({"k": ")", std::string_view("\0", 1)},
    {"no UTF-8", "", "\xFF"},
    {"no UTF-8 in a string", R"({"k": ")", "\xC3"},
    {"characters", R"({"k": ")", "\xD0\x96\xE2\x82\xAC\xF0\x9F\x98\x80"},
    {"literals", "[", "True "},
    {"undefined", "[", "undefined, NaN "},
};

std::string text_of(const Family& family, std::size_t size) {
  std::string text(family.before);
  text.reserve(size + family.unit.size() + family.after.size());
  while (text.size() < size) text += family.unit;
  text += family.after;
  return text;
}

class Nowhere : public Sink {
 public:
  void text(std::string_view /*bytes*/) override {}
  void repaired(const Repair& /*repair*/) override {}
};

double seconds_used() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// Processor time for `text` in pieces as a pipe gives them. A refusal is an end like any other.
double seconds_for(std::string_view text) {
  constexpr std::size_t piece = 65536;
  Settings settings;
  settings.most_depth = std::numeric_limits<std::size_t>::max();
  Nowhere nowhere;
  const double before = seconds_used();
  Repairer repairer(settings, nowhere);
  bool refused = false;
  for (std::size_t at = 0; at < text.size() && !refused; at += piece) {
    refused = !repairer.push(text.substr(at, piece));
  }
  if (!refused) static_cast<void>(repairer.finish());
  return seconds_used() - before;
}

/// What is shorter is noise; what is longer would only waste time.
constexpr double shortest = 0.02;
constexpr double longest = 20;
constexpr double goal = 2.3;

/// How many times as long twice the input takes. A neighbour that slows one of both down is no
/// reason: what looks bad is looked at again, and the shortest times count.
double growth(const Family& family, std::size_t size, double& last, double& seconds) {
  for (int again = 0; again < 2 && seconds > goal * last; ++again) {
    last = std::min(last, seconds_for(text_of(family, size / 2)));
    seconds = std::min(seconds, seconds_for(text_of(family, size)));
  }
  return seconds / last;
}

/// Prints a line; false when the family grows faster than its input.
bool grows_in_line(const Family& family, std::size_t largest) {
  double last = 0;
  double worst = 0;
  std::size_t size = 1 << 20;
  double seconds = 0;
  for (;; size *= 2) {
    seconds = seconds_for(text_of(family, size));
    if (last > shortest) worst = std::max(worst, growth(family, size, last, seconds));
    last = seconds;
    if (size >= largest || seconds > longest) break;
  }
  const bool missed = worst > goal || seconds > longest;
  std::printf("%-44s %5zu MiB in %7.3f s  %7.0f MB/s   2n/n %.2f%s\n", family.name.data(),
              size >> 20U, seconds, static_cast<double>(size) / 1e6 / seconds, worst,
              missed ? "  MISSED" : "");
  std::fflush(stdout);
  return !missed;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t largest = (argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 64) << 20U;
  const std::string_view word = argc > 2 ? argv[2] : "";
  int missed = 0;
  for (const Family& family : families) {
    if (!family.name.contains(word)) continue;
    if (!grows_in_line(family, largest)) ++missed;
  }
  std::printf("%d families grow faster than their input\n", missed);
  return missed == 0 ? 0 : 1;
}
