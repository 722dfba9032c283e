// The packs: what the exit codes and messages of well-known programs mean.
//
// Each rule was held against the program itself (tests/process/transient.py does it again). A rule
// is only written where the meaning is certain: permanent fails again however long one waits,
// transient mends with time. What may be either has no rule. Within a pack the order matters, as a
// run may print several lines: what decides alone stands first.
#include <array>

#include "policy/transient.hpp"

namespace gird::policy {
namespace {

using enum Nature;
using Programs = std::string_view;
using Rule = TransientRule;

constexpr Programs apt_programs[] = {"apt", "apt-get", "aptitude"};
constexpr Rule apt_rules[] = {
    // "are you root?" comes with the same words as a lock that somebody holds.
    {"100,255", R"(Could not open lock file .*Permission denied|are you root\?)", permanent,
     "not allowed to lock the package database"},
    {"100,255", R"(Could not get lock |is another process using it\?)", transient,
     "another package manager holds the lock"},
    {"100,255", R"(Temporary failure resolving|Could not resolve ')", transient,
     "could not resolve host"},
    {"100,255", R"(Could not connect to |Cannot initiate the connection)", transient,
     "could not connect"},
    {"100,255", R"(Unable to connect to |Connection (failed|timed out|reset))", transient,
     "the connection failed"},
    {"100,255", R"(Failed to fetch .*  (408|425|429|50[02-4])  )", transient,
     "the server is busy or failing"},
    {"100,255", R"(Hash Sum mismatch|unexpected size|Mirror sync in progress)", transient,
     "the mirror is being updated"},
    {"100,255", R"(Failed to fetch .*  4[0-9][0-9]  )", permanent, "the server refused the file"},
    {"100", R"(Unable to locate package|has no installation candidate)", permanent,
     "no such package"},
    {"100", R"(Version '.*' for '.*' was not found)", permanent, "no such version"},
    {"100", R"(unmet dependencies|held broken packages)", permanent,
     "the dependencies cannot be met"},
    {"100", R"(NO_PUBKEY|public key is not available)", permanent, "the signing key is unknown"},
    {"100,255", "enough free space", permanent, "the disk is full"},
    {"100", "dpkg was interrupted", permanent, "dpkg was interrupted and must be repaired"},
    {"100", R"(Malformed entry|list of sources could not be read)", permanent,
     "the list of sources is malformed"},
    {"100", R"(Invalid operation|Command line option .* is not)", permanent, "bad usage"},
    {"1", "^Unknown command", permanent, "bad usage"},
};

constexpr Programs aws_programs[] = {"aws"};
constexpr Rule aws_rules[] = {
    // Version 1 answers nearly everything with 255; version 2 has codes of its own.
    {"1,254,255", R"(\(((EC2|Request)?Throttl|TooManyRequests|SlowDown))", transient, "throttled"},
    {"1,254,255", R"(\((RequestLimit|ProvisionedThroughput|BandwidthLimit)Exceeded)", transient,
     "the rate was exceeded"},
    {"1,254,255", R"(\((ServiceUnavailable|Internal(Error|Failure|ServerError)))", transient,
     "the service failed"},
    {"1,254,255", R"(\((RequestTimeout|PriorRequestNotComplete|50[02-4])[^a-z])", transient,
     "the service was too slow or failed"},
    {"1,255", "Could not connect to the endpoint", transient, "could not connect"},
    {"1,255", "(Read|Connect) timeout on ", transient, "timed out"},
    {"1,255", R"(Connection was closed before|Connection reset by peer)", transient,
     "the connection broke"},
    {"252", "", permanent, "bad usage"},
    // 2 is also what s3 says when it skipped files.
    {"2", "^usage: ", permanent, "bad usage"},
    {"255", "^Unknown options: ", permanent, "bad usage"},
    {"1,253,255", R"(Unable to locate credentials|Partial credentials)", permanent,
     "no credentials"},
    {"253,255", R"(config profile .* could not be found|must specify a region)", permanent,
     "not configured"},
    {"1,254,255", R"(\((AccessDenied|UnauthorizedOperation|AuthFailure|403)[^a-z])", permanent,
     "not allowed"},
    {"1,254,255", R"(\((InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient))", permanent,
     "the credentials were refused"},
    {"1,254,255", R"(\((SignatureDoesNotMatch|ExpiredToken))", permanent,
     "the credentials were refused"},
    {"1,254,255", R"(\((ValidationError|ValidationException|MissingParameter)\))", permanent,
     "the request is not valid"},
    {"1,254,255", R"(\((NoSuchKey|NoSuchBucket|404)\))", permanent, "not found"},
    {"255", "user-provided path .* does not exist", permanent, "no such file"},
    {"1,255", "CERTIFICATE_VERIFY_FAILED", permanent, "the certificate is not trusted"},
};

constexpr Programs curl_programs[] = {"curl"};
constexpr Rule curl_rules[] = {
    {"5", "", transient, "could not resolve the proxy"},
    {"6", "", transient, "could not resolve host"},
    {"7", "", transient, "could not connect"},
    {"12", "", transient, "the ftp server did not connect back in time"},
    {"16,92", "", transient, "the http/2 stream broke"},
    {"18", "", transient, "the transfer ended early"},
    {"22", R"(returned error: (501|505))", permanent, "the server cannot do this"},
    {"22", R"(returned error: (408|425|429|5[0-9][0-9]))", transient,
     "the server is busy or failing"},
    {"22", R"(returned error: 4[0-9][0-9])", permanent, "the server refused the request"},
    {"28", "", transient, "timed out"},
    {"35", R"(wrong version number|unsupported protocol|no protocols available)", permanent,
     "the server does not speak this tls"},
    {"35", R"(handshake failure|alert protocol version|certificate required)", permanent,
     "the tls parameters were refused"},
    {"35", "", transient, "the tls handshake broke off"},
    {"52", "", transient, "the server answered nothing"},
    {"55", "", transient, "could not send"},
    {"56", R"((response|HTTP code) (408|425|429|50[02-4]))", transient,
     "the proxy is busy or failing"},
    {"56", R"((response|HTTP code) [45][0-9][0-9])", permanent, "the proxy refused"},
    {"56", "", transient, "could not receive"},
    {"89", "", transient, "no connection was free"},
    {"95,96", "", transient, "the http/3 connection broke"},
    {"1-4,48", "", permanent, "bad usage, or not built into this curl"},
    {"9,67", "", permanent, "login or access denied"},
    {"23", "", permanent, "could not write the output"},
    {"26,37", "", permanent, "could not read a local file"},
    {"33,36", "", permanent, "the server cannot resume"},
    {"47", "", permanent, "too many redirects"},
    {"51,60,90,91", "", permanent, "the server's certificate is not trusted"},
    {"53,54,59,66", "", permanent, "tls engine or cipher not usable"},
    {"58,77,82,83,98", "", permanent, "a certificate file is missing or wrong"},
    {"63", "", permanent, "larger than the limit"},
    {"64", "", permanent, "tls is required and not to be had"},
    {"68,78", "", permanent, "no such file on the server"},
    {"69,73,74", "", permanent, "the server refused the file"},
};

constexpr Programs docker_programs[] = {"docker", "podman"};
constexpr Rule docker_rules[] = {
    // The lines that docker itself writes are told from a container's by how they begin.
    {"1,125", R"(permission denied while trying to connect)", permanent,
     "not allowed to use the daemon"},
    {"1,125", R"(^(docker: )?Cannot connect to )", transient, "the daemon is not there"},
    {"1,125", R"(^(docker: )?[Ee]rror.*(toomanyrequests|429 Too Many))", transient,
     "the registry's rate was exceeded"},
    {"1,125", R"(^(docker: )?[Ee]rror.*(access denied|unauthorized: |denied: ))", permanent,
     "the registry refused"},
    {"1,125", R"(^(docker: )?[Ee]rror.*(manifest unknown|name unknown))", permanent,
     "no such image"},
    {"1,125", R"(^(docker: )?[Ee]rror.* [Nn]o such (container|image|volume))", permanent,
     "no such thing"},
    {"1,125", R"(invalid reference format)", permanent, "not the name of an image"},
    {"1,125", R"(^(docker: )?[Ee]rror.* is already in use by)", permanent, "the name is in use"},
    {"1,125", R"(^(docker: )?[Ee]rror.*no space left on device)", permanent, "the disk is full"},
    {"1,125", R"(^(docker: )?[Ee]rror.*x509: )", permanent, "the certificate is not trusted"},
    {"1,125", R"(^(docker: )?[Ee]rror.*(no such host|server misbehaving))", transient,
     "could not resolve host"},
    {"1,125", R"(^(docker: )?[Ee]rror.*connection (refused|reset))", transient,
     "could not connect"},
    {"1,125", R"(^(docker: )?[Ee]rror.*([Tt]imeout|deadline exceeded|EOF))", transient,
     "timed out, or the connection broke"},
    {"1,125", R"(^(docker: )?[Ee]rror.*(HTTP 5[0-9][0-9]|HTTP status: 5))", transient,
     "the registry is failing"},
    {"1,125", R"(^error during connect: )", transient, "the connection to the daemon broke"},
    {"1,125", R"(^((docker|Error): )?unknown (shorthand flag|flag|command))", permanent,
     "bad usage"},
};

constexpr Programs git_programs[] = {"git"};
constexpr Rule git_rules[] = {
    {"129", "", permanent, "bad usage"},
    {"1", "is not a git command", permanent, "bad usage"},
    {"1,128,255", R"(\.lock': File exists|could not lock config file|annot lock ref)", transient,
     "another git holds the lock"},
    {"128", R"(Authentication failed|Permission denied \()", permanent, "authentication failed"},
    {"128", R"(could not read (Username|Password)|prompts disabled)", permanent,
     "no password to log in with"},
    {"128", "Host key verification failed", permanent, "the server's host key is not trusted"},
    {"128", R"(certificate verif|certificate problem|not trusted)", permanent,
     "the server's certificate is not trusted"},
    {"128", R"((error: |HTTP )(408|425|429|5[0-9][0-9]))", transient,
     "the server is busy or failing"},
    {"128", R"((returned error: |RPC failed; HTTP )4[0-9][0-9])", permanent,
     "the server refused the request"},
    {"128", R"(repository '.*' (not found|does not exist))", permanent, "no such repository"},
    {"128", R"(not appear to be a git repository|epository not found)", permanent,
     "no such repository"},
    {"128", "is this a git repository|[Nn]ot a git repository", permanent, "not a repository"},
    {"128", R"(Remote branch .* not found|find remote ref)", permanent, "no such branch"},
    {"128", "already exists and is not an empty", permanent, "the destination exists"},
    {"128", R"(No configured push destination|has no upstream)", permanent, "nowhere to push to"},
    {"1", R"(did not match any file)", permanent, "no such path or branch"},
    {"1", R"(! \[rejected\]|hook declined)", permanent, "the push was rejected"},
    {"128", R"(Could not resolve host|unable to look up)", transient, "could not resolve host"},
    {"128", R"(Failed to connect|Couldn't connect|onnection refused)", transient,
     "could not connect"},
    {"128", R"([Cc]onnection (reset|timed out|closed)|[Tt]imed out)", transient,
     "the connection broke"},
    {"128", R"(No route to host|Network is unreachable)", transient, "no way to the host"},
    {"128", R"(early EOF|unexpected disconnect|hung up unexpectedly)", transient,
     "the transfer ended early"},
    {"128", R"(RPC failed|transfer closed|Empty reply)", transient, "the transfer ended early"},
    {"128", R"(SSL_ERROR_SYSCALL|non-properly terminated|GnuTLS recv)", transient,
     "the tls connection broke"},
};

constexpr Programs kubectl_programs[] = {"kubectl"};
constexpr Rule kubectl_rules[] = {
    {"1", R"(^[Ee]rror: unknown (command|flag|shorthand))", permanent, "bad usage"},
    {"1", R"(specify the type of resource|Required resource not)", permanent, "bad usage"},
    {"1", R"(^error: the path .* does not exist|^error: stat )", permanent, "no such file"},
    {"1", R"(context was not found|context ".*" does not exist)", permanent, "no such context"},
    {"1", R"(\(Unauthorized\)|client to provide credentials)", permanent,
     "the credentials were refused"},
    {"1", R"(\(Forbidden\)| is forbidden: )", permanent, "not allowed"},
    {"1", R"(\(AlreadyExists\))", permanent, "it exists already"},
    {"1", R"(\(Invalid\)|error validating |error parsing )", permanent, "the object is not valid"},
    {"1", "x509: ", permanent, "the certificate is not trusted"},
    {"1", "no such host", transient, "could not resolve host"},
    {"1", R"(connection refused| was refused - )", transient, "could not connect"},
    {"1", R"(connection reset|unexpected EOF|: EOF|connection lost)", transient,
     "the connection broke"},
    {"1", R"(i/o timeout|handshake timeout|Client\.Timeout|deadline exceeded)", transient,
     "timed out"},
    {"1", R"(No route to host|no route to host|network is unreachable)", transient,
     "no way to the host"},
    {"1", R"([Tt]oo many requests|\(TooManyRequests\))", transient, "the rate was exceeded"},
    {"1", R"(currently unable to handle|\(ServiceUnavailable\))", transient, "the server is busy"},
    {"1", R"(\(InternalError\)|\((Server)?Timeout\)|etcdserver: )", transient, "the server failed"},
    {"1", "object has been modified", transient, "somebody else changed it meanwhile"},
    {"1", R"(no matches for kind|ensure CRDs are installed first)", transient,
     "the kind is not known yet"},
    {"1", "is waiting to start", transient, "the container is not up yet"},
};

constexpr Programs mysql_programs[] = {
    "mysql",   "mysqldump",    "mysqladmin",    "mysqlimport",    "mysqlcheck",    "mysqlshow",
    "mariadb", "mariadb-dump", "mariadb-admin", "mariadb-import", "mariadb-check", "mariadb-show"};
constexpr Rule mysql_rules[] = {
    {"1,2", R"(([Ee]rror|ERROR):? (1040|1203)[: ]|Too many connections)", transient,
     "too many connections"},
    {"1,2", R"(([Ee]rror|ERROR):? (2002|2003)[: ]|'Can't connect to )", transient,
     "could not connect"},
    {"1,2", R"(([Ee]rror|ERROR):? 2005[: ]|'Unknown .*server host )", transient,
     "could not resolve host"},
    {"1,2", R"(([Ee]rror|ERROR):? (2006|2013|2055)[: ]|'Lost connection )", transient,
     "the connection broke"},
    {"1,2", R"(([Ee]rror|ERROR):? (1053|1927)[: ])", transient, "the server closed the connection"},
    {"1,2", R"(([Ee]rror|ERROR):? 1205[: ])", transient, "a lock was held too long"},
    {"1,2", R"(([Ee]rror|ERROR):? 1213[: ])", transient, "a deadlock"},
    {"1,2", R"(([Ee]rror|ERROR):? (1044|1045|1698)[: ]|'Access denied )", permanent,
     "access denied"},
    {"1,2", R"(([Ee]rror|ERROR):? (1142|1143|1227)[: ])", permanent, "not allowed"},
    {"1,2", R"(([Ee]rror|ERROR):? (1049|1054|1146)[: ])", permanent,
     "no such database, table or column"},
    {"1,2", R"(([Ee]rror|ERROR):? 1064[: ])", permanent, "a mistake in the sql"},
    {"1,2", R"(([Ee]rror|ERROR):? (1007|1050|1062)[: ])", permanent, "it exists already"},
    {"6", "Couldn't find table", permanent, "no such table"},
    {"1,2,7", R"(unknown (option|variable) '|ambiguous option '|^Usage: )", permanent, "bad usage"},
};

constexpr Programs psql_programs[] = {"psql", "pg_dump", "pg_restore", "pg_basebackup"};
constexpr Rule psql_rules[] = {
    {"1,2", R"(the database system is (starting|shutting|not yet|in rec))", transient,
     "the server is starting or stopping"},
    {"1,2", R"(too many (clients|connections)|remaining connection slots)", transient,
     "too many connections"},
    {"1,2", "could not translate host name", transient, "could not resolve host"},
    {"1,2", R"(connection to server .*(refused|reset by peer|No such file))", transient,
     "could not connect"},
    {"1,2", R"(onnection (timed out|reset)|timeout expired)", transient,
     "timed out, or the connection broke"},
    {"1,2", R"(No route to host|Network is unreachable)", transient, "no way to the host"},
    {"1,2,3", R"(server closed the conn|terminating conn|server was lost)", transient,
     "the server closed the connection"},
    {"1,3", R"(deadlock detected|ERROR:  40P01)", transient, "a deadlock"},
    {"1,3", R"(could not serialize access|ERROR:  40001)", transient,
     "transactions ran into each other"},
    {"1,3", R"(due to lock timeout|ERROR:  55P03)", transient, "a lock was held too long"},
    {"1,3", "conflict with recovery", transient, "the standby was catching up"},
    {"1,2", R"(authentication failed for|no password supplied)", permanent,
     "authentication failed"},
    {"1,2", R"(no pg_hba\.conf entry)", permanent, "not allowed from here"},
    {"1,2", R"(FATAL:  (database|role) ".*" does not exist)", permanent,
     "no such database or role"},
    {"1,3", R"(ERROR:  syntax error|ERROR:  42601)", permanent, "a mistake in the sql"},
    {"1,3", R"(ERROR:  permission denied|ERROR:  42501)", permanent, "not allowed"},
    {"1", R"(^psql: error: .*: No such file or directory)", permanent, "no such file"},
    {"1", R"(^pg_restore: error: could not open input file)", permanent, "no such file"},
    {"1", R"(no matching (tables|schemas) were found)", permanent, "nothing matches"},
    {"1", R"(Try "[a-z_]+ --help"|must be specified$)", permanent, "bad usage"},
};

constexpr Programs rsync_programs[] = {"rsync"};
constexpr Rule rsync_rules[] = {
    // Whatever the code: over ssh a refused login is 12 or 255, by who notices first.
    {"12,255", R"(Permission denied \()", permanent, "authentication failed"},
    {"12,255", "Host key verification failed", permanent, "the server's host key is not trusted"},
    {"11,12,23", "No space left on device", permanent, "the disk is full"},
    {"5", "@ERROR: max connections", transient, "too many connections"},
    {"5", "did not see server greeting", transient, "the server closed the connection"},
    {"5", R"(@ERROR: (Unknown module|auth failed|access denied))", permanent, "the server refused"},
    {"10", "", transient, "could not connect"},
    {"11,23", R"(\(2\)$|\(13\)$|\(30\)$)", permanent, "a file is missing or may not be used"},
    {"12,14", "Failed to exec", permanent, "the remote shell cannot be run"},
    {"12", R"(command not found|: No such file or directory)", permanent,
     "no rsync on the other side"},
    {"12", "", transient, "the connection broke"},
    {"24", "", transient, "files vanished while they were read"},
    {"30,35", "", transient, "timed out"},
    {"255", R"(Could not resolve hostname)", transient, "could not resolve host"},
    {"255", R"(Connection (refused|reset|closed|timed out)|kex_exchange)", transient,
     "could not connect"},
    {"1", "", permanent, "bad usage, or the module is read only"},
    {"2,4", "", permanent, "the other side cannot do this"},
    {"3", "", permanent, "no such file or directory"},
    {"25", "", permanent, "more files to delete than the limit"},
    {"127", "", permanent, "no rsync on the other side"},
};

constexpr Programs ssh_programs[] = {"ssh", "scp", "sftp"};
constexpr Rule ssh_rules[] = {
    // 255 is ssh itself; every other code is the remote command's, and 1 is also scp's and sftp's.
    {"255", R"(Permission denied \(|Too many authentication failures)", permanent,
     "authentication failed"},
    {"255", "Host key verification failed", permanent, "the server's host key is not trusted"},
    {"255", R"(no matching .* found|^Unknown cipher|^Bad SSH2)", permanent,
     "no algorithm in common"},
    {"255", R"(Bad configuration option|Bad owner or permissions)", permanent,
     "the configuration is wrong"},
    {"1,255", R"(^usage: (ssh|scp|sftp) |^Unsupported query)", permanent, "bad usage"},
    {"255", "Could not resolve hostname", transient, "could not resolve host"},
    {"255", R"(connect to host .*(refused|timed out|reset by peer))", transient,
     "could not connect"},
    {"255", R"(No route to host|Network is unreachable)", transient, "no way to the host"},
    {"255", R"(kex_exchange_identification|during banner exchange)", transient,
     "the server hung up before the login"},
    {"255", R"(Connection (to .* )?(closed|reset|timed out))", transient, "the connection broke"},
    {"255", R"(client_loop: send disconnect|Broken pipe|server not responding)", transient,
     "the connection broke"},
    {"1,255", R"(^scp: .*: No such file or directory|^File ".*" not found)", permanent,
     "no such file"},
    {"1", R"(^scp: .*: (Permission denied|Is a directory|not a regular file))", permanent,
     "the file may not be used"},
};

constexpr Rule sysexits_rules[] = {
    {"64", "", permanent, "bad usage"},
    {"65", "", permanent, "the input data is wrong"},
    {"66", "", permanent, "no such input"},
    {"67", "", permanent, "no such user"},
    {"68", "", permanent, "no such host"},
    {"71", "", transient, "the system ran out of something"},
    {"72", "", permanent, "a system file is missing"},
    {"73", "", permanent, "could not create the output"},
    {"75", "", transient, "failed for now"},
    {"77", "", permanent, "not allowed"},
    {"78", "", permanent, "not configured"},
};

constexpr Programs wget_programs[] = {"wget"};
constexpr Rule wget_rules[] = {
    {"2", "", permanent, "bad usage"},
    {"3", "", permanent, "could not read or write a file"},
    {"4", "unable to resolve host address", transient, "could not resolve host"},
    {"4", "", transient, "the network failed"},
    {"5", "", permanent, "the server's certificate is not trusted"},
    {"6", "", permanent, "authentication failed"},
    {"8", R"(ERROR (501|505):)", permanent, "the server cannot do this"},
    {"8", R"(ERROR (408|425|429|5[0-9][0-9]):)", transient, "the server is busy or failing"},
    {"8", R"(ERROR 4[0-9][0-9]:)", permanent, "the server refused the request"},
    {"1", R"(: (No such file|Permission denied|Unsupported scheme))", permanent,
     "bad usage, or a file may not be used"},
};

// By name; a test holds the order.
constexpr TransientPack packs[] = {
    {"apt", apt_programs, apt_rules, "apt-get(8)",
     "update exits 0 whatever it missed, unless -o APT::Update::Error-Mode=any"},
    {"aws", aws_programs, aws_rules, "aws help return-codes", ""},
    {"curl", curl_programs, curl_rules, "curl(1), exit codes", "HTTP errors only with --fail"},
    {"docker", docker_programs, docker_rules, "docker-run(1), exit status", ""},
    {"git", git_programs, git_rules, "git(1); messages of git 2.39 and curl", ""},
    {"kubectl", kubectl_programs, kubectl_rules, "messages of kubectl and the API's reasons", ""},
    {"mysql", mysql_programs, mysql_rules, "MariaDB error codes", ""},
    {"psql", psql_programs, psql_rules, "psql(1); PostgreSQL error codes", ""},
    {"rsync", rsync_programs, rsync_rules, "rsync(1), exit values", ""},
    {"ssh", ssh_programs, ssh_rules, "ssh(1), exit status; scp(1), sftp(1)", ""},
    {"sysexits",
     {},
     sysexits_rules,
     "sysexits.h(3)",
     "only by name; 69, 70, 74 and 76 may be either"},
    {"wget", wget_programs, wget_rules, "wget(1), exit status",
     "server errors are told apart unless -q hides them"},
};

}  // namespace

std::span<const TransientPack> transient_packs() { return packs; }

}  // namespace gird::policy
