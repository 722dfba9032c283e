// The main of every unit test program; Boost.Test is linked, never compiled in.
#define BOOST_TEST_MODULE gird
#include <boost/test/unit_test.hpp>
