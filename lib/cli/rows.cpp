// Rows: names taken apart and put together.
#include "cli/rows.hpp"

#include <algorithm>
#include <iterator>

namespace gird::cli {

std::string_view Row::long_name() const {
  if (is_operand()) return names_.substr(0, names_.find("..."));
  const std::size_t at = names_.find("--");
  return at == names_.npos ? names_ : names_.substr(at);
}

std::string_view Row::key() const {
  const std::string_view name = long_name();
  return name.starts_with("--") ? name.substr(2) : name;
}

char Row::letter() const {
  const bool has = names_.size() >= 2 && names_[0] == '-' && names_[1] != '-';
  return has ? names_[1] : '\0';
}

bool Row::yields_to_key(std::string_view key) const {
  for (std::string_view rest = yields_to_; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    if (word == key) return true;
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  }
  return false;
}

std::string Row::value() const {
  std::string text = type_->show(field_);
  return text.empty() ? std::string(otherwise_) : text;
}

Rows operator+(Rows rows, Rows more) {
  // One growth for a whole command, not one per group: the memory is touched for the first time.
  if (rows.capacity() < rows.size() + more.size())
    rows.reserve(std::max<std::size_t>(64, rows.size() + more.size()));
  rows.insert(rows.end(), std::make_move_iterator(more.begin()),
              std::make_move_iterator(more.end()));
  return rows;
}

std::string variable(std::string_view command, std::string_view key) {
  std::string name = "GIRD_";
  const auto append = [&](std::string_view word) {
    for (const char letter : word) {
      const bool lower = letter >= 'a' && letter <= 'z';
      name += letter == '-' ? '_' : lower ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
  };
  append(command);
  if (!command.empty()) name += '_';
  append(key);
  return name;
}

Result<void> Field<bool>::set(bool& field, std::string_view text) {
  if (text == "true" || text == "yes" || text == "on" || text == "1") {
    field = true;
  } else if (text == "false" || text == "no" || text == "off" || text == "0") {
    field = false;
  } else {
    return misuse("value-flag", "'" + std::string(text) + "'", "must be true or false");
  }
  return {};
}

}  // namespace gird::cli
