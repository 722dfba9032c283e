// The name of a guard that was given none.
#include "shared/default_name.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace data = boost::unit_test::data;

namespace gird {
namespace {

struct Named {
  std::vector<std::string> argv;
  const char* name;
};

std::ostream& operator<<(std::ostream& out, const Named& named) { return out << named.name; }

BOOST_DATA_TEST_CASE(
    the_command_and_the_host_make_the_name,
    data::make(std::vector<Named>{
        {{"curl", "https://api.example.com/v1"}, "curl@api.example.com"},
        {{"/usr/bin/curl", "-fsS", "-o", "x", "http://API.Example.com:8443/v1?x=//y"},
         "curl@api.example.com"},
        {{"curl", "https://user:secret@api/x"}, "curl@api"},
        {{"curl", "--url=https://api/x"}, "curl@api"},
        {{"curl", "http://[::1]:8080/"}, "curl@::1"},
        {{"curl", "http://one/", "http://two/"}, "curl@one"},
        {{"curl",
          "https://b\xc3\xbc"
          "cher.example/"},
         "curl@b__cher.example"},
        {{"curl", "file:///etc/hosts", "http://two/"}, "curl@two"},
        {{"psql", "postgresql://me@db:5432/shop"}, "psql@db"},
        {{"ssh", "deploy@web1", "uptime"}, "ssh@web1"},
        {{"rsync", "-a", "dir/", "me@backup:/srv"}, "rsync@backup"},
        {{"git", "clone", "git@github.com:a/b.git"}, "git@github.com"},
        {{"scp", "me@[fe80::1]:x", "."}, "scp@fe80::1"},
        {{"ssh", "web1"}, "ssh"},
        {{"sh", "-c", "curl https://api/"}, "sh"},
        {{"curl", "-d", "{\"next\":\"https://elsewhere/\"}", "http://api/"}, "curl@api"},
        {{"echo", "@", "a@", "@b", "-x@y", "://x", "x@y z"}, "echo"},
        {{"gird", "rate-limit", "-r", "60/min", "--", "curl", "http://api/"}, "curl@api"},
        {{"gird", "retry", "-d", "1s", "curl", "http://api/"}, "curl@api"},
        {{"/usr/bin/gird", "retry", "-n3", "--", "gird-breaker-run", "--name", "x", "--", "retry",
          "--on-retry-sh", "ping -- http://no/", "--", "ssh", "me@web1"},
         "ssh@web1"},
        {{"gird", "breaker-run", "--name", "http://no/", "--", "--", "true"}, "_-"},
        {{"gird", "retry", "--nonsense", "--", "curl", "http://api/"}, "gird@api"},
        {{"gird", "retry"}, "gird"},
        {{"gird", "help", "retry"}, "gird"},
        {{"gird"}, "gird"},
        {{"curl", "127.0.0.1:8080"}, "curl"},
        {{"./my job"}, "my_job"},
        {{".hidden"}, "_hidden"},
        {{"dir/"}, "_"},
        {{}, "_"},
    }),
    it) {
  BOOST_TEST(default_name(it.argv).text == it.name);
}

BOOST_AUTO_TEST_CASE(a_long_host_is_cut_and_kept_apart_by_a_hash) {
  const std::string host(200, 'h');
  const std::string one =
      default_name(std::vector<std::string>{"curl", "http://" + host + "1"}).text;
  const std::string two =
      default_name(std::vector<std::string>{"curl", "http://" + host + "2"}).text;
  BOOST_TEST(one.size() == longest_name);
  BOOST_TEST(one.starts_with("curl@hhh"));
  BOOST_TEST(one != two);
}

}  // namespace
}  // namespace gird
