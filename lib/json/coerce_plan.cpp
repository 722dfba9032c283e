// Commas, and edits that would meet.
#include "json/coerce_plan.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/json.hpp"

namespace gird::json {
namespace {

std::vector<std::uint32_t> containers_of(const Tape& tape) {
  std::vector<std::uint32_t> out(tape.size());
  for (std::uint32_t at = 0; at < tape.size(); ++at) {
    const TokenType type = tape[at].type();
    if (type != TokenType::array && type != TokenType::object) continue;
    for (std::uint32_t child = at + 1; child < tape[at].next; child = tape[child].next) {
      out[child] = at;
      if (type == TokenType::object) out[child + 1] = at;
    }
  }
  return out;
}

std::uint64_t end_of(const Tape& tape, std::size_t token) {
  const std::size_t value = tape[token].is(TokenType::key) ? token + 1 : token;
  return tape[value].offset + tape[value].length;
}

}  // namespace

std::uint32_t CoercePlan::container_of(std::uint32_t token) {
  if (containers_.empty()) containers_ = containers_of(tape_);
  return containers_[token];
}

void CoercePlan::replace(std::uint32_t token, std::string text, Confidence confidence) {
  change(token, {{.offset = tape_[token].offset,
                  .removed = tape_[token].length,
                  .inserted = std::move(text),
                  .kind = Kind::coercion,
                  .confidence = confidence}});
}

void CoercePlan::change(std::uint32_t token, std::vector<Edit> edits) {
  if (replaced_.contains(token)) return;
  replaced_[token] = std::move(edits);
}

void CoercePlan::add(std::uint32_t object, std::string_view key, std::string value,
                     Confidence confidence) {
  auto& members = added_[object];
  const bool known =
      std::ranges::any_of(members, [&](const auto& row) { return row.first == key; });
  if (!known) members.emplace_back(key, Member{std::move(value), confidence});
}

void CoercePlan::drop(std::uint32_t token, Kind kind, Confidence confidence) {
  dropped_.try_emplace(token, Drop{kind, confidence});
}

/// A dropped child takes the comma in front of it along; those at the head, the one behind them.
void CoercePlan::drop_from(std::size_t container, std::vector<Edit>& out) const {
  std::uint64_t last_end = 0;
  std::uint64_t head = 0;
  bool kept = false;
  const Drop* at_head = nullptr;
  const auto close_head = [&](std::uint64_t end) {
    if (at_head != nullptr) {
      out.push_back({head, end - head, "", at_head->kind, at_head->confidence});
    }
    at_head = nullptr;
  };
  for (std::size_t child = container + 1; child < tape_[container].next;
       child = tape_[child].next) {
    const auto drop = dropped_.find(static_cast<std::uint32_t>(child));
    if (drop == dropped_.end()) {
      if (!kept) close_head(tape_[child].offset);
      kept = true;
    } else if (kept) {
      out.push_back({last_end, end_of(tape_, child) - last_end, "", drop->second.kind,
                     drop->second.confidence});
    } else if (at_head == nullptr) {
      at_head = &drop->second;
      head = tape_[child].offset;
    }
    last_end = end_of(tape_, child);
  }
  close_head(last_end);
}

void CoercePlan::add_to(std::size_t object, std::vector<Edit>& out) const {
  std::uint64_t at = tape_[object].offset + 1;
  bool first = true;
  for (std::size_t key = object + 1; key < tape_[object].next; key = tape_[key].next) {
    at = end_of(tape_, key);
    first = false;
  }
  for (const auto& [key, member] : added_.at(static_cast<std::uint32_t>(object))) {
    std::string text = std::string(first ? "" : ", ") + json_quoted(key) + ": " + member.value;
    out.push_back({at, 0, std::move(text), Kind::default_value, member.confidence});
    first = false;
  }
}

std::vector<Edit> CoercePlan::edits() {
  std::vector<Edit> all;
  std::set<std::uint32_t> shrunk;
  for (const auto& [token, drop] : dropped_) shrunk.insert(container_of(token));
  for (const std::uint32_t container : shrunk) drop_from(container, all);
  // Whether a comma is needed is only plain when nothing else changes there: the next round adds.
  for (const auto& [object, members] : added_) {
    if (!shrunk.contains(object)) add_to(object, all);
  }
  for (const auto& [token, edits] : replaced_) all.insert(all.end(), edits.begin(), edits.end());
  std::ranges::stable_sort(all, [](const Edit& a, const Edit& b) {
    return a.offset != b.offset ? a.offset < b.offset : a.removed > b.removed;
  });
  std::vector<Edit> out;
  std::uint64_t end = 0;
  for (Edit& edit : all) {
    if (edit.offset < end) continue;
    end = edit.offset + edit.removed;
    out.push_back(std::move(edit));
  }
  return out;
}

}  // namespace gird::json
