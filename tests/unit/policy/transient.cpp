// Packs: choosing them, and what their rules say of real messages.
#include "policy/transient.hpp"

#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cctype>
#include <optional>
#include <ostream>
#include <set>

#include "base/chance.hpp"
#include "policy/outcome_set.hpp"
#include "text/pattern.hpp"

namespace gird {

/// So that Boost.Test can print what failed.
template <std::size_t Size>
std::ostream& operator<<(std::ostream& out, const FixedText<Size>& text) {
  return out << std::string_view(text);
}

}  // namespace gird

namespace gird::policy {
namespace {

namespace data = boost::unit_test::data;

OutcomeSet outcomes_of(const TransientRule& rule) {
  OutcomeSet set;
  BOOST_REQUIRE_MESSAGE(from_text(rule.outcomes, set), rule.outcomes);
  return set;
}

text::Pattern pattern_of(const TransientRule& rule) {
  auto pattern = text::Pattern::compile(rule.message);
  BOOST_REQUIRE_MESSAGE(pattern, rule.message);
  return *std::move(pattern);
}

/// The rule of `pack` for an exit with `code` and one line of standard error.
const TransientRule* applying(const TransientPack& pack, int code, std::string_view line) {
  for (const TransientRule& rule : pack.rules) {
    if (!outcomes_of(rule).holds({Outcome::End::exited, code, {}})) continue;
    if (rule.message.empty() || pattern_of(rule).found_in(line)) return &rule;
  }
  return nullptr;
}

struct Said {
  const char* program;
  int code;
  const char* line;
  std::optional<Nature> nature;  // none: no rule
};

std::ostream& operator<<(std::ostream& out, const Said& said) {
  return out << said.program << " exit " << said.code << ": " << said.line;
}

using enum Nature;
constexpr std::nullopt_t unknown = std::nullopt;

const std::vector<Said> sayings{
    {"curl", 6, "curl: (6) Could not resolve host: a", transient},
    {"curl", 7, "curl: (7) Failed to connect to 127.0.0.1 port 1", transient},
    {"curl", 18, "curl: (18) transfer closed with 96 bytes remaining to read", transient},
    {"curl", 22, "curl: (22) The requested URL returned error: 404", permanent},
    {"curl", 22, "curl: (22) The requested URL returned error: 401", permanent},
    {"curl", 22, "curl: (22) The requested URL returned error: 408", transient},
    {"curl", 22, "curl: (22) The requested URL returned error: 425", transient},
    {"curl", 22, "curl: (22) The requested URL returned error: 429", transient},
    {"curl", 22, "curl: (22) The requested URL returned error: 500", transient},
    {"curl", 22, "curl: (22) The requested URL returned error: 501", permanent},
    {"curl", 22, "curl: (22) The requested URL returned error: 503", transient},
    {"curl", 22, "", unknown},
    {"curl", 28, "curl: (28) Operation timed out after 1001 milliseconds", transient},
    {"curl", 35, "curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection", transient},
    {"curl", 35, "curl: (35) error:0A00010B:SSL routines::wrong version number", permanent},
    {"curl", 52, "curl: (52) Empty reply from server", transient},
    {"curl", 56, "curl: (56) Recv failure: Connection reset by peer", transient},
    {"curl", 56, "curl: (56) CONNECT tunnel failed, response 407", permanent},
    {"curl", 56, "curl: (56) CONNECT tunnel failed, response 503", transient},
    {"curl", 60, "curl: (60) SSL certificate problem: self-signed certificate", permanent},
    {"curl", 2, "curl: option --bogus: is unknown", permanent},
    {"curl", 23, "curl: (23) Failed writing body", permanent},
    {"curl", 27, "", unknown},
    {"wget", 4, "wget: unable to resolve host address 'a'", transient},
    {"wget", 4, "failed: Connection refused.", transient},
    {"wget", 8, "2026-11-21 09:25:47 ERROR 404: Not Found.", permanent},
    {"wget", 8, "2026-11-21 09:25:47 ERROR 429: Too Many Requests.", transient},
    {"wget", 8, "2026-11-21 09:25:47 ERROR 503: Service Unavailable.", transient},
    {"wget", 8, "", unknown},
    {"wget", 6, "Username/Password Authentication Failed.", permanent},
    {"wget", 2, "wget: unrecognized option '--bogus'", permanent},
    {"wget", 1, "/nonexistent/x: No such file or directory", permanent},
    {"wget", 1, "", unknown},
    {"ssh", 255, "ssh: connect to host 127.0.0.1 port 1: Connection refused", transient},
    {"ssh", 255, "ssh: Could not resolve hostname a: Name or service not known", transient},
    {"ssh", 255, "kex_exchange_identification: read: Connection reset by peer", transient},
    {"ssh", 255, "Connection timed out during banner exchange", transient},
    {"ssh", 255, "Connection to 127.0.0.1 closed by remote host.", transient},
    {"ssh", 255, "root@127.0.0.1: Permission denied (publickey).", permanent},
    {"ssh", 255, "Host key verification failed.", permanent},
    {"ssh", 255, "command-line: line 0: Bad configuration option: bogus", permanent},
    {"ssh", 255, "", unknown},
    {"ssh", 3, "Permission denied (publickey).", unknown},
    {"ssh", 1, "cat: /x: No such file or directory", unknown},
    {"scp", 1, "scp: /nonexistent: No such file or directory", permanent},
    {"scp", 255, "scp: stat local \"/nonexistent\": No such file or directory", permanent},
    {"sftp", 1, "File \"/nonexistent\" not found.", permanent},
    {"sftp", 1, "usage: sftp [-46AaCfNpqrv] [-B buffer_size]", permanent},
    {"git", 128, "fatal: unable to access 'http://h/x/': Could not resolve host: h", transient},
    {"git", 128, "fatal: unable to look up h (port 9418) (Name or service not known)", transient},
    {"git", 128, "fatal: unable to access 'http://h/': Failed to connect to h port 1", transient},
    {"git", 128, "127.0.0.1[0: 127.0.0.1]: errno=Connection refused", transient},
    {"git", 128, "fatal: read error: Connection reset by peer", transient},
    {"git", 128, "fatal: unable to access 'x': The requested URL returned error: 503", transient},
    {"git", 128, "fatal: unable to access 'x': The requested URL returned error: 403", permanent},
    {"git", 128, "error: RPC failed; HTTP 504 curl 22 The requested URL", transient},
    {"git", 128, "error: RPC failed; HTTP 413 curl 22 The requested URL", permanent},
    {"git", 128, "fatal: early EOF", transient},
    {"git", 128, "fatal: repository 'http://127.0.0.1/404/' not found", permanent},
    {"git", 128, "fatal: could not read Username for 'h': terminal prompts disabled", permanent},
    {"git", 128, "fatal: Unable to create '/g/.git/index.lock': File exists.", transient},
    {"git", 255, "error: could not lock config file .git/config: File exists", transient},
    {"git", 128, "fatal: not a git repository (or any of the parent directories)", permanent},
    {"git", 128, "fatal: Could not read from remote repository.", unknown},
    {"git", 1, " ! [rejected]        HEAD -> master (fetch first)", permanent},
    {"git", 1, "git: 'bogus' is not a git command. See 'git --help'.", permanent},
    {"git", 129, "error: unknown option `bogus'", permanent},
    {"git", 1, "", unknown},
    {"apt-get", 100, "E: Could not get lock /l/lock. It is held by process 7 (apt)", transient},
    {"apt-get", 100, "E: Could not open lock file /l - open (13: Permission denied)", permanent},
    {"apt-get", 100, "E: Unable to acquire the dpkg frontend lock (/l), are you root?", permanent},
    {"apt-get", 100,
     "E: Unable to acquire the dpkg frontend lock (/l), is another process using it?", transient},
    {"apt", 100, "E: Unable to locate package nope", permanent},
    {"apt", 100, "E: Failed to fetch http://h/./Packages  404  Not Found [IP: ::1 80]", permanent},
    {"apt", 100, "E: Failed to fetch http://h/./InRelease  503  Service Unavailable", transient},
    {"apt", 100, "E: Failed to fetch http://h/./InRelease  Could not resolve 'h'", transient},
    {"apt", 100, "E: Failed to fetch http://h/x  Hash Sum mismatch", transient},
    {"apt-get", 100, "E: Invalid operation bogus", permanent},
    {"aptitude", 255, "E: Could not get lock /l/lock. It is held by process 7", transient},
    {"aptitude", 1, "Unknown command \"bogus\"", permanent},
    {"apt-get", 100, "E: Sub-process /usr/bin/dpkg returned an error code (1)", unknown},
    {"rsync", 1, "rsync: --bogus: unknown option", permanent},
    {"rsync", 5, "@ERROR: max connections (4) reached -- try again later", transient},
    {"rsync", 5, "@ERROR: Unknown module 'nope'", permanent},
    {"rsync", 10, "rsync: failed to connect to 127.0.0.1: Connection refused (111)", transient},
    {"rsync", 12, "rsync: connection unexpectedly closed (0 bytes received)", transient},
    {"rsync", 12, "root@127.0.0.1: Permission denied (publickey).", permanent},
    {"rsync", 23, "rsync: [sender] link_stat \"/x\" failed: No such file or directory (2)",
     permanent},
    {"rsync", 23, "rsync: read errors mapping \"/x\": Input/output error (5)", unknown},
    {"rsync", 24, "", transient},
    {"rsync", 30, "", transient},
    {"rsync", 255, "ssh: connect to host 127.0.0.1 port 1: Connection refused", transient},
    {"psql", 2,
     "psql: error: connection to server on socket \"/s\" failed: No such file or directory",
     transient},
    {"psql", 2, "psql: error: connection to server at \"h\", port 1 failed: Connection refused",
     transient},
    {"psql", 2, "psql: error: connection failed: FATAL:  the database system is starting up",
     transient},
    {"psql", 2, "psql: error: connection failed: FATAL:  sorry, too many clients already",
     transient},
    {"psql", 2, "psql: error: FATAL:  password authentication failed for user \"u\"", permanent},
    {"psql", 2, "psql: error: FATAL:  database \"nope\" does not exist", permanent},
    {"psql", 1, "psql: error: /nonexistent: No such file or directory", permanent},
    {"psql", 1, "ERROR:  canceling statement due to lock timeout", transient},
    {"psql", 1, "ERROR:  canceling statement due to statement timeout", unknown},
    {"psql", 3, "psql:bad.sql:1: ERROR:  syntax error at or near \"selec\"", permanent},
    {"psql", 3, "psql:x.sql:1: ERROR:  deadlock detected", transient},
    {"psql", 1, "psql: hint: Try \"psql --help\" for more information.", permanent},
    {"pg_dump", 1, "pg_dump: error: connection to server at \"h\" failed: Connection refused",
     transient},
    {"pg_dump", 1, "pg_dump: error: no matching tables were found", permanent},
    {"mysql", 1, "ERROR 2002 (HY000): Can't connect to server on '127.0.0.1' (115)", transient},
    {"mysql", 1, "ERROR 2005 (HY000): Unknown server host 'h' (-2)", transient},
    {"mysql", 1, "ERROR 2013 (HY000): Lost connection to server at 'handshake'", transient},
    {"mysql", 1, "ERROR 1205 (HY000) at line 1: Lock wait timeout exceeded", transient},
    {"mysql", 1, "ERROR 1045 (28000): Access denied for user 'u'@'localhost'", permanent},
    {"mysql", 1, "ERROR 1064 (42000) at line 1: You have an error in your SQL", permanent},
    {"mysql", 1, "ERROR 3 (HY000) at line 1: Error writing file", unknown},
    {"mysql", 2, "mysql: unknown option '--bogus'", permanent},
    {"mysqldump", 2, "mysqldump: Got error: 2002: \"Can't connect\" when trying", transient},
    {"mariadb-dump", 2, "mariadb-dump: Got error: 1049: \"Unknown database 'd'\"", permanent},
    {"mysqladmin", 1, "error: 'Can't connect to local server through socket '/s' (2)'", transient},
    {"docker", 1, "Cannot connect to the Docker daemon at unix:///s. Is it running?", transient},
    {"docker", 125, "docker: Cannot connect to the Docker daemon at unix:///s.", transient},
    {"docker", 1, "Error response from daemon: toomanyrequests: You have reached", transient},
    {"docker", 1, "Error response from daemon: dial tcp: lookup r: no such host", transient},
    {"docker", 1, "Error response from daemon: net/http: TLS handshake timeout", transient},
    {"docker", 1, "Error response from daemon: pull access denied for nope", permanent},
    {"docker", 125, "docker: Error response from daemon: manifest unknown", permanent},
    {"docker", 1, "Error response from daemon: No such container: y", permanent},
    {"docker", 1, "psycopg2: connection refused", unknown},
    {"docker", 125, "unknown flag: --bogus", permanent},
    {"docker", 125, "docker: permission denied while trying to connect to the Docker daemon socket",
     permanent},
    {"kubectl", 1, "dial tcp 127.0.0.1:1: connect: connection refused", transient},
    {"kubectl", 1, "dial tcp: lookup h: no such host", transient},
    {"kubectl", 1, "the server is currently unable to handle the request", transient},
    {"kubectl", 1, "the server has received too many requests and has asked us", transient},
    {"kubectl", 1, "Error from server (Forbidden): pods is forbidden: User", permanent},
    {"kubectl", 1, "error: You must be logged in to the server (Unauthorized)", permanent},
    {"kubectl", 1, "error: the path \"/nonexistent\" does not exist", permanent},
    {"kubectl", 1, "Error: unknown flag: --bogus", permanent},
    {"kubectl", 1, "error: no matches for kind \"X\" in version \"v1\"", transient},
    {"kubectl", 1, "Error from server (NotFound): pods \"x\" not found", unknown},
    {"kubectl", 1, "", unknown},
    {"aws", 254, "An error occurred (Throttling) when calling the X operation", transient},
    {"aws", 255, "An error occurred (SlowDown) when calling the X operation", transient},
    {"aws", 254, "An error occurred (ServiceUnavailable) when calling the X", transient},
    {"aws", 254, "An error occurred (503) when calling the HeadObject operation", transient},
    {"aws", 254, "An error occurred (403) when calling the HeadObject operation", permanent},
    {"aws", 254, "An error occurred (AccessDenied) when calling the X operation", permanent},
    {"aws", 254, "An error occurred (AccessDeniedException) when calling the X", permanent},
    {"aws", 254, "An error occurred (InvalidInstanceID.NotFound) when calling", unknown},
    {"aws", 255, "Could not connect to the endpoint URL: \"http://127.0.0.1:1/\"", transient},
    {"aws", 1, "upload failed: a to s3://b Could not connect to the endpoint URL", transient},
    {"aws", 253, "Unable to locate credentials.", permanent},
    {"aws", 252, "Unknown options: --bogus", permanent},
    {"aws", 2, "usage: aws [options] <command>", permanent},
    {"aws", 2, "warning: Skipping file /x. File does not exist.", unknown},
    {"sysexits", 64, "", permanent},
    {"sysexits", 69, "", unknown},
    {"sysexits", 75, "", transient},
    {"sysexits", 78, "", permanent},
    {"sysexits", 1, "", unknown},
};

BOOST_AUTO_TEST_SUITE(policy_transient)

BOOST_DATA_TEST_CASE(judges_what_the_programs_say, data::make(sayings), said) {
  const TransientPack* pack = pack_for_program(said.program);
  if (pack == nullptr) pack = pack_named(said.program);
  BOOST_REQUIRE(pack != nullptr);
  const TransientRule* rule = applying(*pack, said.code, said.line);
  const auto nature = rule == nullptr ? std::nullopt : std::optional(rule->nature);
  BOOST_TEST_INFO((rule == nullptr ? "no rule" : rule->reason));
  BOOST_TEST((nature == said.nature));
}

BOOST_AUTO_TEST_CASE(every_rule_is_well_formed) {
  for (const TransientPack& pack : transient_packs()) {
    BOOST_TEST(!pack.rules.empty());
    BOOST_TEST(!pack.source.empty());
    for (const TransientRule& rule : pack.rules) {
      const std::string_view reason = rule.reason;
      BOOST_TEST_CONTEXT(pack.name << ": " << rule.outcomes << " " << rule.message) {
        const OutcomeSet set = outcomes_of(rule);
        BOOST_TEST(!set.empty());
        BOOST_TEST(!set.codes.test(0));
        if (!rule.message.empty()) static_cast<void>(pattern_of(rule));
        BOOST_TEST(!reason.empty());
        BOOST_TEST(!reason.ends_with('.'));
        BOOST_TEST(std::ranges::none_of(reason, [](unsigned char c) { return std::isupper(c); }));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(patterns_are_cheap) {
  for (const TransientPack& pack : transient_packs()) {
    for (const TransientRule& rule : pack.rules) {
      const std::string_view message = rule.message;
      BOOST_TEST_CONTEXT(pack.name << " /" << message << "/") {
        BOOST_TEST(!message.contains('{'));
        BOOST_TEST(!message.contains("\\p"));
        BOOST_TEST(std::ranges::all_of(message, [](unsigned char c) { return c < 128; }));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(no_rule_is_hidden_by_those_before_it) {
  for (const TransientPack& pack : transient_packs()) {
    OutcomeSet decided;  // whatever is said
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const TransientRule& rule : pack.rules) {
      BOOST_TEST_CONTEXT(pack.name << ": " << rule.outcomes << " " << rule.message) {
        const OutcomeSet set = outcomes_of(rule);
        BOOST_TEST(!((set | decided) == decided));
        BOOST_TEST(seen.emplace(rule.outcomes, rule.message).second);
        if (rule.message.empty()) {
          BOOST_TEST(!set.overlaps(decided));
          decided = decided | set;
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(packs_stand_by_name_and_no_program_in_two) {
  BOOST_TEST(std::ranges::is_sorted(transient_packs(), {}, &TransientPack::name));
  std::set<std::string_view> programs;
  for (const TransientPack& pack : transient_packs()) {
    for (const std::string_view program : pack.programs) {
      BOOST_TEST(programs.insert(program).second);
      BOOST_TEST(pack_for_program(program) == &pack);
      BOOST_TEST(pack_for_program("/usr/bin/" + std::string(program)) == &pack);
    }
  }
  BOOST_TEST(transient_packs().size() == 12U);
}

BOOST_DATA_TEST_CASE(knows_no_pack_for_other_programs,
                     data::make({"", "/", "curl/", "curly", "CURL", "sysexits", "true", "./"}),
                     program) {
  BOOST_TEST(pack_for_program(program) == nullptr);
}

BOOST_AUTO_TEST_CASE(is_automatic_unless_told_otherwise) {
  const TransientChoice choice;
  BOOST_TEST(choice.automatic);
  BOOST_TEST(to_text(choice) == "auto");
}

BOOST_DATA_TEST_CASE(choices_read_back,
                     data::make({"auto", "none", "list", "curl", "auto,sysexits", "ssh,git",
                                 "rsync,ssh"}),
                     text) {
  TransientChoice choice;
  BOOST_REQUIRE(from_text(text, choice));
  BOOST_TEST(to_text(choice) == text);
}

BOOST_AUTO_TEST_CASE(a_choice_is_a_set) {
  TransientChoice choice;
  BOOST_REQUIRE(from_text("sysexits,auto,curl,sysexits,auto", choice));
  BOOST_TEST(to_text(choice) == "auto,sysexits,curl");
}

BOOST_DATA_TEST_CASE(refuses_what_is_no_pack,
                     data::make({"", ",", "curl,", ",curl", "curl,,git", "none,curl", "curl,none",
                                 "Curl", "curl ", "list,curl", "curl,list", "nosuch"}),
                     text) {
  TransientChoice choice;
  BOOST_REQUIRE(from_text("git", choice));
  const auto done = from_text(text, choice);
  BOOST_REQUIRE(!done);
  BOOST_TEST((done.error().fault == Fault::usage));
  BOOST_TEST(done.error().code == "value-pack");
  BOOST_TEST(to_text(choice) == "git");
}

BOOST_AUTO_TEST_CASE(proposes_the_nearest_pack) {
  TransientChoice choice;
  const auto done = from_text("auto,crul", choice);
  BOOST_REQUIRE(!done);
  BOOST_TEST(done.error().what == "'crul'");
  BOOST_TEST(done.error().hints.front() == "did you mean curl?");
}

BOOST_AUTO_TEST_CASE(words_are_the_packs_and_three_more) {
  std::vector<std::string_view> expected{"auto", "none", "list"};
  for (const TransientPack& pack : transient_packs()) expected.push_back(pack.name);
  std::vector<std::string_view> words;
  for (const auto& [word, help] : words_of(static_cast<const TransientChoice*>(nullptr))) {
    BOOST_TEST(!help.empty());
    words.push_back(word);
  }
  BOOST_TEST(words == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_list_shows_every_rule_in_eighty_columns) {
  const std::string list = packs_as_text();
  for (const TransientPack& pack : transient_packs()) {
    BOOST_TEST(list.contains(std::string(pack.name) + ": "));
    for (const TransientRule& rule : pack.rules) {
      BOOST_TEST(list.contains(rule.reason));
      if (!rule.message.empty()) BOOST_TEST(list.contains("/" + std::string(rule.message) + "/\n"));
    }
  }
  std::size_t start = 0;
  for (std::size_t end = list.find('\n'); end != list.npos; end = list.find('\n', start)) {
    const std::string_view line = std::string_view(list).substr(start, end - start);
    BOOST_TEST_INFO(line);
    BOOST_TEST(line.size() <= 80U);
    BOOST_TEST(!line.ends_with(' '));
    start = end + 1;
  }
  BOOST_TEST(start == list.size());
}

BOOST_AUTO_TEST_CASE(any_bytes_are_read_or_refused) {
  Chance chance(9);
  constexpr std::string_view likely = ",,autonecurlgitsysexits";
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto left = chance.bits() % 12; left > 0; --left) {
      const auto bits = chance.bits();
      text += bits % 8 == 0 ? static_cast<char>(bits >> 8U) : likely[(bits >> 8U) % likely.size()];
    }
    TransientChoice choice;
    TransientChoice again;
    if (!from_text(text, choice)) continue;
    BOOST_REQUIRE(from_text(to_text(choice), again));
    BOOST_REQUIRE(again == choice);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
