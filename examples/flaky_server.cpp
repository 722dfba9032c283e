// flaky_server: an HTTP server on loopback that is not well at first, to try a retry on.
//
//   flaky_server [--fail N] [--retry-after SECONDS] [--port PORT]
//
// Answers the first N requests (default 2) with 503 and every later one with 200 and a line of
// text. Listens on PORT, or on one that is free. Prints its port on standard output and runs until
// it is killed.
#include <httplib.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

struct Options {
  int fail = 2;
  int port = 0;  ///< 0: one that is free
  std::string retry_after;
};

[[noreturn]] void misuse() {
  std::fputs("usage: flaky_server [--fail N] [--retry-after SECONDS] [--port PORT]\n", stderr);
  std::exit(2);
}

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    if (i + 1 == argc) misuse();
    if (std::strcmp(argv[i], "--fail") == 0) {
      options.fail = std::atoi(argv[i + 1]);
    } else if (std::strcmp(argv[i], "--retry-after") == 0) {
      options.retry_after = argv[i + 1];
    } else if (std::strcmp(argv[i], "--port") == 0) {
      options.port = std::atoi(argv[i + 1]);
    } else {
      misuse();
    }
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = read_options(argc, argv);
  std::atomic<int> requests = 0;
  httplib::Server server;
  server.Get(".*", [&](const httplib::Request&, httplib::Response& response) {
    const int number = ++requests;
    if (number > options.fail) {
      response.set_content("hello, at request " + std::to_string(number) + "\n", "text/plain");
      return;
    }
    response.status = 503;
    if (!options.retry_after.empty()) response.set_header("Retry-After", options.retry_after);
    response.set_content("not yet\n", "text/plain");
  });
  const bool any = options.port == 0;
  const int port = any ? server.bind_to_any_port("127.0.0.1")
                       : (server.bind_to_port("127.0.0.1", options.port) ? options.port : -1);
  if (port < 0) {
    std::fputs("flaky_server: no port on 127.0.0.1\n", stderr);
    return 3;
  }
  std::printf("%d\n", port);
  std::fflush(stdout);
  return server.listen_after_bind() ? 0 : 3;
}
