// The dial and the knobs become settings.
#include "shared/repair_choice.hpp"

#include <boost/test/unit_test.hpp>

namespace gird {
namespace {

using json::Confidence;
using json::Kind;

BOOST_AUTO_TEST_SUITE(repair_choice)

BOOST_AUTO_TEST_CASE(the_dial_goes_from_nothing_to_everything) {
  RepairChoice choice;
  BOOST_TEST(settings_of(choice)->allows(Kind::missing_quote, Confidence::guess));
  BOOST_TEST(!settings_of(choice)->aggressive);
  choice.safe = true;
  BOOST_TEST(settings_of(choice)->allows(Kind::comment, Confidence::certain));
  BOOST_TEST(!settings_of(choice)->allows(Kind::prose, Confidence::likely));
  choice.strict = true;
  BOOST_TEST(settings_of(choice).error().code == "options-contradict");
  choice.safe = false;
  BOOST_TEST(!settings_of(choice)->allows(Kind::comment, Confidence::certain));
  choice.strict = false;
  choice.aggressive = true;
  BOOST_TEST(settings_of(choice)->aggressive);
}

BOOST_AUTO_TEST_CASE(kinds_are_chosen_one_by_one) {
  RepairChoice choice;
  choice.only = {{Kind::comment}, {Kind::literal}};
  BOOST_TEST(settings_of(choice)->allows(Kind::literal, Confidence::certain));
  BOOST_TEST(!settings_of(choice)->allows(Kind::number, Confidence::certain));
  choice.strict = true;
  BOOST_TEST(!settings_of(choice)->allows(Kind::literal, Confidence::certain));
  choice = {};
  choice.except = {{Kind::number}};
  BOOST_TEST(settings_of(choice)->allows(Kind::literal, Confidence::certain));
  BOOST_TEST(!settings_of(choice)->allows(Kind::number, Confidence::certain));
}

BOOST_AUTO_TEST_CASE(a_knob_stands_before_the_profile) {
  RepairChoice choice;
  BOOST_TEST(from_text("llm", choice.profile).has_value());
  const json::Settings profile = json::settings_of(json::Profile::llm);
  BOOST_TEST((settings_of(choice)->missing == profile.missing));
  choice.missing = json::Missing::drop;
  BOOST_TEST((settings_of(choice)->missing == json::Missing::drop));
  BOOST_TEST((settings_of(choice)->profile == json::Profile::llm));
}

BOOST_AUTO_TEST_CASE(every_kind_can_be_typed) {
  for (const json::KindFacts& facts : json::all_kinds()) {
    KindName name;
    BOOST_TEST(from_text(facts.name, name).has_value());
    BOOST_TEST(to_text(name) == facts.name);
  }
  KindName name;
  BOOST_TEST(from_text("trailing_comma", name).error().code == "value-kind");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
