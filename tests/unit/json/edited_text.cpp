// Edits over edits, and the way back.
#include "json/edited_text.hpp"

#include <boost/test/unit_test.hpp>

#include "json/origin.hpp"

namespace gird::json {
namespace {

/// `original` with the repairs applied.
std::string applied(std::string_view original, const std::vector<Repair>& repairs) {
  std::string out;
  std::uint64_t at = 0;
  for (const Repair& repair : repairs) {
    out += original.substr(at, repair.offset - at);
    BOOST_TEST(out.size() == repair.output_offset);
    out += repair.after;
    at = repair.offset + repair.removed;
  }
  return out + std::string(original.substr(at));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_edited_text)

BOOST_AUTO_TEST_CASE(adds_up_what_was_done_in_several_rounds) {
  const std::string_view original = "0123456789";
  EditedText text(original);
  text.apply(std::vector<Edit>{{.offset = 2, .removed = 3, .inserted = "ab"},
                               {.offset = 8, .removed = 0, .inserted = "X"}});
  BOOST_TEST(text.text() == "01ab567X89");
  text.apply(std::vector<Edit>{{.offset = 3, .removed = 2, .inserted = "-"},
                               {.offset = 9, .removed = 1, .inserted = ""}});
  BOOST_TEST(text.text() == "01a-67X8");
  text.apply(std::vector<Edit>{{.offset = 0, .removed = 1, .inserted = ""}});
  BOOST_TEST(text.text() == "1a-67X8");
  BOOST_TEST(applied(original, text.repairs()) == text.text());
  BOOST_TEST(text.repairs().size() == 4U);
  BOOST_TEST(text.original(0).value() == 1U);
  BOOST_TEST(!text.original(1).has_value());
  BOOST_TEST(text.original(3).value() == 6U);
}

BOOST_AUTO_TEST_CASE(edits_that_meet_stay_in_order) {
  EditedText text("0123456789");
  text.apply(std::vector<Edit>{{.offset = 6, .removed = 2, .inserted = ""}});
  text.apply(std::vector<Edit>{{.offset = 4, .removed = 2, .inserted = ""}});
  text.apply(std::vector<Edit>{{.offset = 4, .removed = 1, .inserted = "x"}});
  BOOST_TEST(text.text() == "0123x9");
  BOOST_TEST(applied("0123456789", text.repairs()) == text.text());
}

BOOST_AUTO_TEST_CASE(forgets_what_was_put_in_and_taken_out_again) {
  EditedText text("abc");
  text.apply(std::vector<Edit>{{.offset = 1, .removed = 0, .inserted = "xyz"}});
  text.apply(std::vector<Edit>{{.offset = 0, .removed = 6, .inserted = "n"}});
  BOOST_TEST(text.text() == "n");
  BOOST_TEST(applied("abc", text.repairs()) == "n");
  BOOST_TEST(text.repairs().size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_origin_answers_for_kept_and_for_new_bytes) {
  EditedText text("0123456789");
  text.apply(std::vector<Edit>{{.offset = 2, .removed = 1, .inserted = "abc"},
                               {.offset = 6, .removed = 2, .inserted = ""}});
  BOOST_TEST(text.text() == "01abc34589");
  Origin origin;
  for (const Repair& repair : text.repairs()) origin.add(repair);
  BOOST_TEST(origin.of(1) == 1U);
  BOOST_TEST(origin.of(2) == 2U);
  BOOST_TEST(origin.of(4) == 3U);
  BOOST_TEST(origin.of(5) == 3U);
  BOOST_TEST(origin.of(7) == 5U);
  BOOST_TEST(origin.of(8) == 8U);
  origin.forget_before(8);
  BOOST_TEST(origin.of(9) == 9U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
