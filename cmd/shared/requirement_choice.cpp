// Requirements by their options.
#include "shared/requirement_choice.hpp"

#include <fmt/core.h>

#include "base/nearest.hpp"

namespace gird {

using cli::Row;

Result<void> from_text(std::string_view text, TypeChoice& choice) {
  if (text == "list") {
    choice.type = nullptr;
    return {};
  }
  auto type = text::ValueType::parse(text);
  if (!type) {
    Error error = std::move(type).error();
    if (error.hints.empty()) error.hints.emplace_back("gird sanitize --type list prints all types");
    return std::unexpected(std::move(error));
  }
  choice.type = std::make_shared<const text::ValueType>(*std::move(type));
  return {};
}

std::string to_text(const TypeChoice& choice) {
  return choice.type == nullptr ? "list" : choice.type->text();
}

std::vector<std::pair<std::string_view, std::string_view>> words_of(const TypeChoice*) {
  std::vector<std::pair<std::string_view, std::string_view>> words;
  for (const text::TypeKind& kind : text::type_kinds()) words.emplace_back(kind.name, kind.about);
  return words;
}

Result<void> from_text(std::string_view text, CharsetChoice& choice) {
  choice.charset = text::charset_named(text);
  if (choice.charset != nullptr) return {};
  std::vector<std::string_view> names;
  std::string list;
  for (const text::Charset& set : text::charsets()) {
    names.push_back(set.name);
    list += (list.empty() ? "" : ", ") + std::string(set.name);
  }
  return misuse("value-choice", "'" + std::string(text) + "'", "must be one of " + list,
                did_you_mean(nearest(text, names)));
}

std::string to_text(const CharsetChoice& choice) {
  return choice.charset == nullptr ? "" : std::string(choice.charset->name);
}

std::vector<std::pair<std::string_view, std::string_view>> words_of(const CharsetChoice*) {
  std::vector<std::pair<std::string_view, std::string_view>> words;
  for (const text::Charset& set : text::charsets()) words.emplace_back(set.name, set.about);
  return words;
}

cli::Rows requirement_rows(RequirementChoice& choice) {
  return {
      Row("Requirements"),
      Row("--type", choice.type, "TYPE", "a record must be one: int:0..9, date, url ...; list")
          .common(),
      Row("--charset", choice.charset, "SET", "it must be made of these characters"),
      Row("--min-length", choice.least_length, "N", "it must have N characters"),
      Row("--max-length", choice.most_length, "N", "it must have no more characters")
          .otherwise("10000 where anything is required"),
      Row("--max-bytes", choice.most_bytes, "SIZE", "it must have no more bytes"),
      Row("--validate", choice.validate, "", "require nothing but --max-length"),
  };
}

bool requires_something(const RequirementChoice& choice) {
  return choice.validate || choice.type || choice.charset || choice.least_length ||
         choice.most_length || choice.most_bytes;
}

text::Requirements requirements_of(const RequirementChoice& choice) {
  text::Requirements required;
  if (!requires_something(choice)) return required;
  const auto count = [](const std::optional<std::int64_t>& number) {
    return number ? std::optional(static_cast<std::uint64_t>(*number)) : std::nullopt;
  };
  required.least_length = count(choice.least_length);
  required.most_length = count(choice.most_length).value_or(text::usual_length);
  if (choice.most_bytes) required.most_bytes = static_cast<std::uint64_t>(choice.most_bytes->bytes);
  if (choice.charset) required.charset = choice.charset->charset;
  if (choice.type) required.type = choice.type->type.get();
  return required;
}

std::string types_as_text() {
  std::string out = "types:\n";
  for (const text::TypeKind& kind : text::type_kinds()) {
    const std::string name =
        std::string(kind.name) + (kind.detail.empty() ? "" : ":" + std::string(kind.detail));
    out += fmt::format("  {:<18} {}\n", name, kind.about);
  }
  out += "\nsets of characters:\n";
  for (const text::Charset& set : text::charsets()) {
    out += fmt::format("  {:<18} {}\n", set.name, set.about);
  }
  return out;
}

}  // namespace gird
