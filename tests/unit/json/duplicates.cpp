// Keys that stand twice: found, and left out.
#include "json/duplicates.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "unit/json/memory_spill.hpp"
#include "unit/json/stages.hpp"

namespace gird::json {

using namespace tests;

namespace {

constexpr KeyHash::Secret secret{1, 2};

struct Found {
  std::string text;
  std::vector<Repair> notes;
  std::uint64_t count = 0;
};

/// Both passes over `text`, in pieces of `size` bytes.
Found without_duplicates(Duplicate mode, std::string_view text, std::size_t size,
                         std::size_t budget) {
  MemorySpill spill;
  Kept kept;
  FindDuplicates find(kept, mode, spill, secret, budget);
  for (std::size_t at = 0; at < text.size(); at += size) find.text(text.substr(at, size));
  BOOST_REQUIRE(find.finish().has_value());
  BOOST_TEST((kept.all == text));
  if (mode == Duplicate::keep) return {kept.all, kept.repairs, find.found()};
  BOOST_TEST(kept.repairs.empty());
  Kept second;
  DropMembers drop(second, find);
  for (std::size_t at = 0; at < text.size(); at += size) drop.text(text.substr(at, size));
  BOOST_REQUIRE(drop.finish().has_value());
  return {second.all, second.repairs, find.found()};
}

Found without_duplicates(Duplicate mode, std::string_view text) {
  Found whole = without_duplicates(mode, text, text.size() + 1, FindDuplicates::usual_budget);
  for (const std::size_t budget : {std::size_t{0}, std::size_t{1000}}) {
    for (const std::size_t size : {std::size_t{1}, std::size_t{7}}) {
      BOOST_TEST(without_duplicates(mode, text, size, budget).text == whole.text, text);
    }
  }
  return whole;
}

struct Case {
  std::string_view text;
  std::string_view last;
  std::string_view first;
};

std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.text; }

constexpr Case cases[] = {
    {"", "", ""},
    {R"({"a":1,"b":2})", R"({"a":1,"b":2})", R"({"a":1,"b":2})"},
    {R"({"a":1,"a":2})", R"({"a":2})", R"({"a":1})"},
    {R"({ "a": 1, "b": 2, "a": 3 })", R"({ "b": 2, "a": 3 })", R"({ "a": 1, "b": 2 })"},
    {"{\n  \"a\": 1,\n  \"a\": 2\n}\n", "{\n  \"a\": 2\n}\n", "{\n  \"a\": 1\n}\n"},
    {R"({"a":1,"a":2,"a":3,"b":4,"a":5})", R"({"b":4,"a":5})", R"({"a":1,"b":4})"},
    {R"({"a":1,"\u0061":2})", R"({"\u0061":2})", R"({"a":1})"},
    {R"({"\ud83d\ude00":1,"\ud83d":2,"\ude00":3})", R"({"\ud83d\ude00":1,"\ud83d":2,"\ude00":3})",
     R"({"\ud83d\ude00":1,"\ud83d":2,"\ude00":3})"},
    {R"([{"a":1},{"a":{"a":2}}] {"a":3})", R"([{"a":1},{"a":{"a":2}}] {"a":3})",
     R"([{"a":1},{"a":{"a":2}}] {"a":3})"},
    {R"({"a":{"b":1,"b":2},"a":{"b":3,"c":4,"b":5}})", R"({"a":{"c":4,"b":5}})",
     R"({"a":{"b":1}})"},
    {R"({"a":[{"x":1,"x":2}],"b":3,"a":[{"x":4,"x":5},"}"]})", R"({"b":3,"a":[{"x":5},"}"]})",
     R"({"a":[{"x":1}],"b":3})"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(json_duplicates)

BOOST_DATA_TEST_CASE(one_member_of_each_key_is_left, boost::unit_test::data::make(cases), c) {
  BOOST_TEST(without_duplicates(Duplicate::last, c.text).text == c.last);
  BOOST_TEST(without_duplicates(Duplicate::first, c.text).text == c.first);
  BOOST_TEST(without_duplicates(Duplicate::keep, c.text).text == c.text);
}

BOOST_AUTO_TEST_CASE(each_repeated_key_is_noted_with_its_twin) {
  const std::string_view text = R"({"a":1,"b":{"c":2,"c":3},"a":4,"a":5})";
  const Found found = without_duplicates(Duplicate::keep, text);
  BOOST_TEST(found.count == 3);
  BOOST_REQUIRE(found.notes.size() == 3);
  const std::uint64_t places[][2] = {{18, 12}, {25, 1}, {31, 1}};
  for (std::size_t i = 0; i < 3; ++i) {
    BOOST_TEST((found.notes[i].kind == Kind::duplicate_key));
    BOOST_TEST(found.notes[i].offset == places[i][0]);
    BOOST_TEST(found.notes[i].other.value() == places[i][1]);
    BOOST_TEST(found.notes[i].removed == 0);
  }
}

BOOST_AUTO_TEST_CASE(what_is_left_out_is_told) {
  const std::string_view text = R"({"a":1,"b":2,"a":3})";
  const Found last = without_duplicates(Duplicate::last, text);
  BOOST_REQUIRE(last.notes.size() == 1);
  BOOST_TEST(last.notes[0].before == R"("a":1,)");
  BOOST_TEST(last.notes[0].offset == 1);
  BOOST_TEST(last.notes[0].removed == 6);
  BOOST_TEST(last.notes[0].other.value() == 13);
  const Found first = without_duplicates(Duplicate::first, text);
  BOOST_REQUIRE(first.notes.size() == 1);
  BOOST_TEST(first.notes[0].before == R"(,"a":3)");
  BOOST_TEST(first.notes[0].offset == 12);
  BOOST_TEST(first.notes[0].other.value() == 1);
}

BOOST_AUTO_TEST_CASE(a_long_text_that_is_left_out_is_told_in_part) {
  std::string value(249, 'x');
  for (int i = 0; i < 50; ++i) value += "\u20ac";
  const Found found = without_duplicates(Duplicate::last, "{\"a\":\"" + value + "\",\"a\":1}");
  BOOST_REQUIRE(found.notes.size() == 1);
  BOOST_TEST(found.notes[0].before == "\"a\":\"" + std::string(249, 'x'));
  BOOST_TEST(found.notes[0].removed == 5 + value.size() + 2);
}

BOOST_AUTO_TEST_CASE(offsets_are_of_the_input) {
  MemorySpill spill;
  Kept kept;
  FindDuplicates find(kept, Duplicate::keep, spill, secret);
  // The input is {a:1,/*...*/"a":2,} in three edits.
  find.text("{");
  find.repaired(
      {.kind = Kind::unquoted_key, .offset = 1, .removed = 1, .inserted = 3, .output_offset = 1});
  find.repaired({.kind = Kind::comment, .offset = 5, .removed = 7, .output_offset = 7});
  find.text("\"a\":1,\"a\":2");
  find.repaired({.kind = Kind::trailing_comma, .offset = 17, .removed = 1, .output_offset = 12});
  find.text("}");
  BOOST_REQUIRE(find.finish().has_value());
  BOOST_REQUIRE(kept.repairs.size() == 4);
  const Repair& note = kept.repairs[2];
  BOOST_TEST((note.kind == Kind::duplicate_key));
  BOOST_TEST(note.offset == 12);
  BOOST_TEST(note.other.value() == 1);
}

BOOST_AUTO_TEST_CASE(more_keys_than_the_budget_holds_are_found_all_the_same) {
  std::string text = "{";
  std::string last = "{";
  std::string first = "{";
  const int keys = 3000;
  const auto member = [](int key, int value) {
    return "\"key " + std::to_string(key) + "\":{\"a\":" + std::to_string(value) + "}";
  };
  for (int i = 0; i < 2 * keys; ++i) {
    const std::string one = member(i * 7 % keys, i);
    text += (i > 0 ? "," : "") + one;
    (i < keys ? first : last) += (i % keys > 0 ? "," : "") + one;
  }
  for (std::string* t : {&text, &last, &first}) *t += "}";
  for (const std::size_t budget : {std::size_t{0}, std::size_t{20'000}, std::size_t{4} << 20}) {
    const Found kept = without_duplicates(Duplicate::keep, text, 1000, budget);
    BOOST_TEST(kept.count == keys);
    BOOST_TEST(kept.notes.size() == keys);
    BOOST_TEST((without_duplicates(Duplicate::last, text, 1000, budget).text == last));
    BOOST_TEST((without_duplicates(Duplicate::first, text, 1000, budget).text == first));
  }
}

BOOST_AUTO_TEST_CASE(what_is_left_means_what_another_library_reads) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    const std::string text = generated(seed, {.most_members = 7});
    const Found last = without_duplicates(Duplicate::last, text);
    const Found first = without_duplicates(Duplicate::first, text);
    for (const Found& found : {last, first}) {
      BOOST_TEST(without_duplicates(Duplicate::keep, found.text).count == 0, "seed " << seed);
    }
    if (text.contains("1E400")) continue;
    BOOST_TEST(nlohmann::json::accept(first.text), "seed " << seed);
    // Of equal keys it takes the last.
    BOOST_TEST((nlohmann::json::parse(last.text) == nlohmann::json::parse(text)), "seed " << seed);
  }
}

BOOST_AUTO_TEST_CASE(a_spill_that_fails_is_told) {
  std::string text = "{";
  for (int i = 0; i < 200; ++i) text += (i > 0 ? ",\"" : "\"") + std::to_string(i % 150) + "\":1";
  text += "}";
  for (std::uint64_t full_at = 0; full_at < 4000; full_at += 333) {
    MemorySpill spill;
    spill.full_at = full_at;
    Kept kept;
    FindDuplicates find(kept, Duplicate::last, spill, secret, 500);
    find.text(text);
    const auto end = find.finish();
    BOOST_REQUIRE(!end.has_value());
    BOOST_TEST(end.error().code == "spool-failed");
    DropMembers drop(kept, find);
    drop.text(text);
    BOOST_TEST(!drop.finish().has_value());
  }
}

// The vectors of the reference implementation (https://github.com/veorq/SipHash): bytes 0, 1, 2...
// under the key 00 01 .. 0f.
BOOST_AUTO_TEST_CASE(the_hash_is_siphash) {
  const KeyHash::Secret key{0x0706050403020100, 0x0f0e0d0c0b0a0908};
  const auto hash_of = [&](std::size_t size, std::size_t cut) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i);
    KeyHash hash(key);
    hash.add(std::string_view(bytes).substr(0, cut));
    hash.add(std::string_view(bytes).substr(cut));
    return hash.end();
  };
  BOOST_TEST((hash_of(0, 0) == KeyHash::Value{0x930255c71472f66d, 0xe6a825ba047f81a3}));
  BOOST_TEST((hash_of(1, 0) == KeyHash::Value{0x45fc229b11597634, 0x44af996bd8c187da}));
  for (std::size_t cut = 0; cut <= 30; ++cut) BOOST_TEST((hash_of(30, cut) == hash_of(30, 30)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
