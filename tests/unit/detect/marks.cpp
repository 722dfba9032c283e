#include "detect/marks.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using gird::detect::Marks;

BOOST_AUTO_TEST_SUITE(marks)

BOOST_AUTO_TEST_CASE(a_text_meets_its_bytes) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string one(1, static_cast<char>(byte));
    BOOST_TEST(Marks::of("--" + one).meets(Marks(one)), byte);
    BOOST_TEST(!Marks::of("").meets(Marks(one)), byte);
  }
}

BOOST_AUTO_TEST_CASE(each_mark_is_its_own) {
  const std::string marks = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\t\n\r\x1b" + std::string(1, '\0');
  for (const char one : marks) {
    for (const char other : marks) {
      const bool meets = Marks::of(std::string(1, one)).meets(Marks(std::string(1, other)));
      BOOST_TEST(meets == (one == other), one << other);
    }
  }
}

BOOST_AUTO_TEST_CASE(letters_and_digits_are_alike) {
  BOOST_TEST(Marks::of("z").meets(Marks("a")));
  BOOST_TEST(Marks::of("7").meets(Marks("0")));
  BOOST_TEST(!Marks::of("Z").meets(Marks("a")));
  BOOST_TEST(!Marks::of("\x80\x9f").meets(Marks("\xc2\xe2\xef")));
  BOOST_TEST(Marks::of("").meets(Marks::all()) == false);
}

BOOST_AUTO_TEST_SUITE_END()
