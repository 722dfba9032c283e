// Members in the order of their keys, with much memory and with next to none.
#include "json/sort_keys.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "json/layout.hpp"
#include "unit/json/memory_spill.hpp"
#include "unit/json/stages.hpp"

namespace gird::json {

using namespace tests;

namespace {

struct Case {
  std::string_view text;
  std::string_view sorted;
};

std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.text; }

constexpr Case cases[] = {
    {"", ""},
    {" [1, {}, { }] ", " [1, {}, { }] "},
    {R"({"b":1,"a":2})", R"({"a":2,"b":1})"},
    {R"({"b": 1, "a": 2})", R"({"a": 2, "b": 1})"},
    {"{\n  \"c\": 1,\n  \"a\": 2,\n  \"b\": 3\n}\n",
     "{\n  \"a\": 2,\n  \"b\": 3,\n  \"c\": 1\n}\n"},
    {R"([{"b":[{"z":1,"y":"\"}"}],"a":{}},2])", R"([{"a":{},"b":[{"y":"\"}","z":1}]},2])"},
    {R"({"a":2,"a":1,"":0,"a":3})", R"({"":0,"a":2,"a":1,"a":3})"},
    {R"({"b":1,"\u0061":2})", R"({"\u0061":2,"b":1})"},
    {R"({"ab":1,"a":2,"B":3,"a\u0000":4})", R"({"B":3,"a":2,"a\u0000":4,"ab":1})"},
    // U+FF5E comes before U+1F600, whose surrogates come before it in UTF-16.
    {"{\"\U0001f600\":1,\"\uff5e\":2,\"\\ud800\":3}",
     "{\"\\ud800\":3,\"\uff5e\":2,\"\U0001f600\":1}"},
    {"{\"b\" : 1 ,\"a\" : 2 }", "{\"a\" : 2,\"b\" : 1  }"},
    {R"({"b":{"d":1,"c":2}} {"z":1,"y":2})", R"({"b":{"c":2,"d":1}} {"y":2,"z":1})"},
};

/// A stage with its own spill.
struct Sorter final : Stage {
  Sorter(Sink& next, std::size_t budget) : Stage(next), stage(next, spill, budget) {}
  void text(std::string_view bytes) override { stage.text(bytes); }
  Result<void> finish() override { return stage.finish(); }
  MemorySpill spill;
  SortKeys stage;
};

const MakeStage roomy = making<Sorter>(SortKeys::usual_budget);
const MakeStage cramped = making<Sorter>(std::size_t{300});
const MakeStage none = making<Sorter>(std::size_t{0});

std::string repeated(std::size_t times, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_sort_keys)

BOOST_DATA_TEST_CASE(members_change_places, boost::unit_test::data::make(cases), c) {
  BOOST_TEST(staged(roomy, c.text) == c.sorted);
}

BOOST_AUTO_TEST_CASE(memory_makes_no_difference) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    const std::string text = generated(seed, {.most_depth = 5, .most_members = 4});
    const std::string sorted = staged(roomy, text);
    BOOST_TEST(staged(cramped, text, text.size(), 1) == sorted, "seed " << seed);
    BOOST_TEST(staged(none, text, 0, 3) == sorted, "seed " << seed);
    BOOST_TEST(staged(cramped, text, 0, 1) == sorted, "seed " << seed);
    BOOST_TEST(staged(roomy, sorted, sorted.size(), 1) == sorted, "twice, seed " << seed);
    BOOST_TEST(sorted.size() == text.size());
  }
}

BOOST_AUTO_TEST_CASE(the_order_is_that_of_another_library) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    const std::string text = generated(seed, {.unique_keys = true});
    if (text.contains("1E400")) continue;
    const std::string sorted = staged(cramped, text, text.size(), 1);
    const auto ordered = nlohmann::ordered_json::parse(sorted);
    BOOST_TEST(ordered.dump() == nlohmann::json::parse(text).dump(), "seed " << seed);
  }
}

BOOST_AUTO_TEST_CASE(a_large_object_is_merged_in_passes) {
  std::string text = "[{";
  std::string sorted = "[{";
  const int members = 5000;
  const auto member = [](int key) {
    return "\n\"" + std::to_string(100'000 + key) + "\": {\"z\": [" + std::to_string(key) +
           "], \"y\": \"" + std::string(static_cast<std::size_t>(key % 90), 'x') + "\"}";
  };
  for (int i = 0; i < members; ++i) {
    text += (i == 0 ? "" : ",") + member(i * 1009 % members);
    std::string ordered = member(i);
    const std::size_t z = ordered.find("\"z\"");
    const std::size_t y = ordered.find("\"y\"");
    ordered = ordered.substr(0, z) + ordered.substr(y, ordered.size() - y - 1) + ", " +
              ordered.substr(z, y - z - 2) + "}";
    sorted += (i == 0 ? "" : ",") + ordered;
  }
  text += "\n}]";
  sorted += "\n}]";
  BOOST_TEST((staged(roomy, text, 7, 4096) == sorted));
  BOOST_TEST((staged(making<Sorter>(std::size_t{4000}), text, 7, 4096) == sorted));
}

BOOST_AUTO_TEST_CASE(long_keys_are_compared_to_their_end) {
  const std::string same(300'000, 'k');
  const std::string text = "{\"" + same + "c\":1,\"" + same + "\":2,\"" + same + "b\":3,\"" +
                           same.substr(0, 256) + "\":4,\"" + same.substr(0, 65'792) + "\":5}";
  const std::string sorted = "{\"" + same.substr(0, 256) + "\":4,\"" + same.substr(0, 65'792) +
                             "\":5,\"" + same + "\":2,\"" + same + "b\":3,\"" + same + "c\":1}";
  for (const MakeStage& make : {roomy, cramped}) {
    BOOST_TEST((staged(make, text, 100, 10'000) == sorted));
    BOOST_TEST((staged(make, text, text.size(), 1) == sorted));
  }
}

BOOST_AUTO_TEST_CASE(long_blanks_lose_nothing) {
  const std::string blanks(70'000, ' ');
  const std::string text =
      "{" + blanks + "\"b\":1" + blanks + "," + blanks + "\"a\":{" + blanks + "}" + blanks + "}";
  for (const MakeStage& make : {roomy, cramped}) {
    const std::string sorted = staged(make, text, 10, 10'000);
    BOOST_TEST(sorted.size() == text.size());
    BOOST_TEST(staged(making<Compact>(), sorted, sorted.size(), 1) == "{\"a\":{},\"b\":1}\n");
  }
}

BOOST_AUTO_TEST_CASE(depth_uses_no_stack_and_copies_nothing_again) {
  const std::size_t depth = 20'000;
  const std::string text = repeated(depth, R"({"b":)") + "1" + repeated(depth, R"(,"a":2})");
  const std::string sorted = repeated(depth, R"({"a":2,"b":)") + "1" + repeated(depth, "}");
  BOOST_TEST((staged(roomy, text, text.size(), 1) == sorted));
  BOOST_TEST((staged(cramped, text, text.size(), 1) == sorted));
}

BOOST_AUTO_TEST_CASE(little_stays_in_memory_and_the_spill_is_cleared) {
  MemorySpill spill;
  Kept kept;
  SortKeys stage(kept, spill, 10'000);
  const std::string value(100'000, 'v');
  stage.text("[{\"b\":\"" + value);
  BOOST_TEST(spill.bytes.size() > value.size() - 20'000);
  stage.text("\",\"a\":1}");
  stage.completed(1);
  BOOST_TEST(spill.bytes.empty());
  BOOST_TEST((kept.all == "[{\"a\":1,\"b\":\"" + value + "\"}"));
  BOOST_REQUIRE(kept.ends.size() == 1);
  BOOST_TEST(kept.ends[0].second == kept.all.size());
}

BOOST_AUTO_TEST_CASE(a_spill_that_fails_is_told) {
  const std::string text = generated(3, {.most_depth = 7, .most_members = 9}) + "{\"b\":\"" +
                           std::string(5000, 'v') + "\",\"a\":[{\"d\":1,\"c\":2}]}";
  for (std::uint64_t full_at = 0; full_at < 5000; full_at += 61) {
    MemorySpill spill;
    spill.full_at = full_at;
    Kept kept;
    SortKeys stage(kept, spill, 100);
    for (std::size_t at = 0; at < text.size(); at += 50) {
      stage.text(std::string_view(text).substr(at, 50));
    }
    const auto end = stage.finish();
    BOOST_REQUIRE(!end.has_value());
    BOOST_TEST(end.error().code == "spool-failed");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
