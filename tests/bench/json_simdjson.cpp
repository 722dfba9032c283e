// simdjson's parse and minify of a file, to be measured against.
//
// usage: bench-json-simdjson FILE
#include <simdjson.h>

#include <cstdio>
#include <string>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  simdjson::dom::parser parser;
  simdjson::dom::element document;
  if (const auto error = parser.load(argv[1]).get(document)) {
    std::fprintf(stderr, "%s: %s\n", argv[1], simdjson::error_message(error));
    return 1;
  }
  const std::string text = simdjson::minify(document);
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
