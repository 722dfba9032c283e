// The table of all commands: what must hold for every row of every command.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <set>

#include "catalogue.hpp"
#include "cli/groups.hpp"
#include "cli/help.hpp"
#include "cli/wrap.hpp"

namespace data = boost::unit_test::data;

namespace gird {
namespace {

std::vector<std::string> all_names() {
  std::vector<std::string> names;
  for (const std::string_view name : catalogue().names()) names.emplace_back(name);
  return names;
}

/// The options of a command, without headings and operands.
std::vector<const cli::Row*> options_of(const cli::Form& form) {
  std::vector<const cli::Row*> rows;
  for (const cli::Group& group : cli::groups(form.rows)) {
    rows.insert(rows.end(), group.rows.begin(), group.rows.end());
  }
  return rows;
}

BOOST_AUTO_TEST_SUITE(table)

BOOST_AUTO_TEST_CASE(no_two_commands_have_one_name) {
  const std::vector<std::string> names = all_names();
  BOOST_TEST(std::set<std::string>(names.begin(), names.end()).size() == names.size());
}

BOOST_DATA_TEST_CASE(no_name_and_no_letter_is_given_twice, data::make(all_names()), name) {
  const cli::Form form = form_of(*catalogue().command(name));
  std::set<std::string_view> names;
  std::set<char> letters;
  for (const cli::Row* row : options_of(form)) {
    BOOST_TEST(names.insert(row->long_name()).second, row->long_name());
    if (row->letter() != '\0') BOOST_TEST(letters.insert(row->letter()).second, row->long_name());
  }
}

BOOST_DATA_TEST_CASE(no_name_is_the_negation_of_another, data::make(all_names()), name) {
  const cli::Form form = form_of(*catalogue().command(name));
  std::set<std::string_view> keys;
  for (const cli::Row* row : options_of(form)) keys.insert(row->key());
  for (const cli::Row* row : options_of(form)) {
    if (!row->key().starts_with("no-")) continue;
    BOOST_TEST(row->is_flag(), row->long_name());
    BOOST_TEST(!keys.contains(row->key().substr(3)), row->long_name());
  }
}

BOOST_DATA_TEST_CASE(what_takes_a_value_has_a_placeholder, data::make(all_names()), name) {
  const cli::Form form = form_of(*catalogue().command(name));
  for (const cli::Row* row : options_of(form)) {
    BOOST_TEST(row->placeholder().empty() == row->is_flag(), row->long_name());
  }
}

BOOST_DATA_TEST_CASE(help_lines_are_no_sentences, data::make(all_names()), name) {
  const cli::Command& command = *catalogue().command(name);
  BOOST_TEST(!command.summary.ends_with('.'));
  const cli::Form form = form_of(command);
  for (const cli::Row& row : form.rows) {
    BOOST_TEST(!row.help().empty());
    BOOST_TEST(!row.help().ends_with('.'), row.help());
  }
}

BOOST_DATA_TEST_CASE(no_option_is_set_by_a_variable_of_the_children, data::make(all_names()),
                     name) {
  const cli::Form form = form_of(*catalogue().command(name));
  for (const cli::Row* row : options_of(form)) {
    for (const std::string_view taken : cli::child_variables) {
      BOOST_TEST(cli::variable("", row->key()) != taken, row->long_name());
      BOOST_TEST(cli::variable(name, row->key()) != taken, row->long_name());
    }
  }
}

BOOST_DATA_TEST_CASE(short_help_fits_a_screen, data::make(all_names()), name) {
  const cli::Catalogue all = catalogue();
  const std::string text = cli::short_help(*all.command(name), all);
  BOOST_TEST(std::ranges::count(text, '\n') <= 24);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    BOOST_TEST(cli::columns(text.substr(at, end - at)) <= cli::page_width);
    at = end + 1;
  }
}

BOOST_DATA_TEST_CASE(every_command_has_examples_and_common_options, data::make(all_names()), name) {
  const cli::Catalogue all = catalogue();
  const cli::Document page = cli::parse_page(all.page(name));
  BOOST_TEST_REQUIRE(page.section("Examples") != nullptr);
  BOOST_TEST(cli::short_help(*all.command(name), all).contains("\nExamples:\n"));
}

BOOST_AUTO_TEST_CASE(every_reference_to_a_page_of_gird_leads_somewhere) {
  const cli::Catalogue all = catalogue();
  for (const cli::Page& page : all.pages) {
    for (const cli::Section& section : cli::parse_page(page.text).sections) {
      for (const cli::Reference& other : cli::references(section)) {
        if (!other.name.starts_with("gird")) continue;
        const bool command = other.name.starts_with("gird-") && other.number == '1' &&
                             all.command(other.name.substr(5)) != nullptr;
        BOOST_TEST((command || cli::topic(all, other.name) != nullptr),
                   page.name << " names " << other.name);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
