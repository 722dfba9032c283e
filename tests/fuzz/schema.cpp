// The first line is a schema, the rest a document: a schema compiles or is refused, both ways to
// judge agree, and coercion ends, reports what it did, and leaves alone what it made.
#include "json/schema.hpp"

#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "json/decimal.hpp"
#include "json/schema_coerce.hpp"
#include "json/tape.hpp"
#include "target.hpp"

using namespace gird;

namespace {

std::string applied(std::string_view document, const std::vector<json::Repair>& repairs) {
  std::string out;
  std::uint64_t at = 0;
  for (const json::Repair& repair : repairs) {
    fuzz::hold(repair.offset >= at, "repairs are in order");
    out += document.substr(at, repair.offset - at);
    fuzz::hold(out.size() == repair.output_offset, "a repair stands where it says");
    out += repair.after;
    if (repair.after.size() < repair.inserted) return "";
    at = repair.offset + repair.removed;
  }
  return out + std::string(document.substr(at));
}

bool has_huge_number(const json::Tape& tape) {
  for (std::size_t at = 0; at < tape.size(); ++at) {
    if (!tape[at].is(json::TokenType::number)) continue;
    const json::Decimal number(tape.text_of(at));
    if (number > json::Decimal("1e308") || number < json::Decimal("-1e308")) return true;
  }
  return false;
}

void judge(const json::Schema& schema, std::string_view document) {
  json::Validator validator(schema);
  const auto quick = validator.accepts(document);
  const auto verdict = validator.check(document, 3);
  fuzz::hold(quick.has_value() == verdict.has_value(), "both ways judge");
  if (!quick) return;
  fuzz::hold(*quick == verdict->valid, "both ways agree");
  fuzz::hold(verdict->valid == verdict->violations.empty(), "what is wrong has a reason");
}

void mend(const json::Schema& schema, json::Coercion how, std::string_view document) {
  const auto done = json::coerce(schema, how, document, {}, 3);
  if (!done) return;
  const std::string by_repairs = applied(document, done->repairs);
  fuzz::hold(by_repairs.empty() || by_repairs == done->text, "the repairs are all that was done");
  if (!done->verdict.valid) return;
  const auto again = json::coerce(schema, how, done->text, {}, 3);
  fuzz::hold(again.has_value() && again->repairs.empty(), "what is valid stays as it is");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const std::size_t line = text.find('\n');
  if (line == text.npos) return 0;
  const std::string_view document = text.substr(line + 1);
  json::Tape tape;
  const bool read = tape.read(document).has_value();
  // The other reader takes a NUL for the end and drops a byte order mark, and it has no number
  // above 1.8e308 and no half of a surrogate pair.
  const bool plain = valid_utf8(document) && !document.contains('\0') &&
                     !document.contains("\\u") && !document.starts_with("\xEF\xBB\xBF");
  if (plain && !(read && has_huge_number(tape))) {
    fuzz::hold(read == nlohmann::json::accept(document), "a tape reads JSON alone");
  }
  const auto schema = json::Schema::compile(text.substr(0, line));
  if (!schema || !read) return 0;
  judge(*schema, document);
  mend(*schema, json::Coercion::standard, document);
  mend(*schema, json::Coercion::salvage, document);
  return 0;
}
