// Prints how fast records are read and judged by a schema, one core.
//
// usage: schema [FILE]   an NDJSON file; without, 10 MB of records that are made here
//
// Exit 1 when the goal is missed.
#include "json/schema.hpp"

#include <time.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "json/tape.hpp"

namespace {

constexpr std::size_t turns = 15;
constexpr std::size_t size = 10'000'000;
constexpr double goal = 150;

constexpr std::string_view schema_text = R"({
  "type": "object",
  "properties": {
    "id": {"type": "integer", "minimum": 0},
    "name": {"type": "string", "minLength": 1, "maxLength": 200},
    "active": {"type": "boolean"},
    "score": {"type": "number"},
    "note": {"type": ["string", "null"]},
    "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 10},
    "geo": {
      "type": "object",
      "properties": {
        "lat": {"type": "number", "minimum": -90, "maximum": 90},
        "lon": {"type": "number", "minimum": -180, "maximum": 180},
        "src": {"type": "null"}
      },
      "required": ["lat", "lon"],
      "additionalProperties": false
    },
    "values": {"type": "array", "items": {"type": "number"}},
    "nested": {"type": "object"}
  },
  "required": ["id", "name", "active", "score", "note", "tags", "geo"],
  "additionalProperties": false
})";

std::string words(std::minstd_rand& chance, std::uint64_t count) {
  std::string out;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (i > 0) out += ' ';
    for (std::uint64_t j = 2 + chance() % 7; j > 0; --j)
      out += static_cast<char>('a' + chance() % 26);
  }
  return out;
}

std::string record(std::minstd_rand& chance, unsigned number) {
  std::string out = R"({"id": )" + std::to_string(number) + R"(, "name": ")" +
                    words(chance, 1 + chance() % 3) + R"(", "active": true, "score": )" +
                    std::to_string(static_cast<double>(chance() % 100000) / 7) + R"(, "note": ")" +
                    words(chance, 3 + chance() % 27) + R"(", "tags": [)";
  for (std::uint64_t i = chance() % 6; i > 0; --i) {
    out += "\"" + words(chance, 1) + (i > 1 ? "\", " : "\"");
  }
  out += R"(], "geo": {"lat": 12.345678, "lon": -101.5, "src": null})";
  if (chance() % 10 < 3) out += R"(, "values": [1, 2.5, -3e4, 17, 99.125, 0, 12])";
  return out + "}\n";
}

std::string made_records() {
  std::minstd_rand chance(1);
  std::string out;
  for (unsigned i = 0; out.size() < size; ++i) out += record(chance, i);
  return out;
}

std::string text_of(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Processor time.
double seconds_used() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// Median rate in MB/s.
template <class Work>
double rate(const char* name, std::size_t bytes, Work work) {
  std::vector<double> seconds;
  for (std::size_t i = 0; i < turns; ++i) {
    const double before = seconds_used();
    work();
    seconds.push_back(seconds_used() - before);
  }
  std::ranges::sort(seconds);
  const double rate = static_cast<double>(bytes) / 1e6 / seconds[turns / 2];
  std::printf("%-44s %8.0f MB/s\n", name, rate);
  return rate;
}

void must(bool fine, const char* what) {
  if (fine) return;
  std::fprintf(stderr, "schema: %s\n", what);
  std::exit(1);
}

}  // namespace

int main(int count, char** arguments) {
  const std::string text = count > 1 ? text_of(arguments[1]) : made_records();
  const auto lines = lines_of(text);
  must(!lines.empty(), "no records");
  const auto schema = gird::json::Schema::compile(schema_text);
  must(schema.has_value(), "no schema");

  gird::json::Tape tape;
  rate("json: read into tokens", text.size(), [&] {
    for (const auto line : lines) must(tape.read(line).has_value(), "a record is no JSON");
  });
  gird::json::Validator validator(*schema);
  const double judged = rate("json: read and judge by a schema", text.size(), [&] {
    for (const auto line : lines) must(validator.accepts(line) == true, "a record is not valid");
  });
  std::printf("%-44s %8.0f MB/s%s\n", "  goal", goal, judged < goal ? "  MISSED" : "");
  return judged < goal ? 1 : 0;
}
