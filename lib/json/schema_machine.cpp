// The stack machine: schemas that ask other schemas.
#include "json/schema_machine.hpp"

#include <algorithm>

#include "json/string_value.hpp"

namespace gird::json {
namespace {

/// No schema is as deep in itself as this.
constexpr std::uint32_t most_in_place = 2048;
constexpr std::uint64_t base_work = 20'000'000;
constexpr std::uint64_t work_per_token = 200;

}  // namespace

std::expected<bool, Unjudged> SchemaMachine::run(std::uint32_t node, Telling telling) {
  telling_ = telling;
  frames_.clear();
  marks_.clear();
  scopes_.clear();
  findings_.clear();
  hashes_.clear();
  more_ = false;
  trouble_.reset();
  work_left_ = base_work + tape_.size() * work_per_token;
  const bool quiet = telling.most_findings == 0 && !telling.defaults;
  if (program_->nodes[node].leaf) return leaf(program_->nodes[node], node, 0, quiet);
  push(node, 0, nullptr, Where::part, quiet ? Tell::nothing : Tell::as_before);
  while (!frames_.empty() && !more_ && !trouble_) advance();
  if (trouble_) return std::unexpected(*trouble_);
  return !more_ && answer_;
}

/// Whether the answer is there already; if not, a frame was pushed and `frame` is gone.
bool SchemaMachine::ask(Frame& frame, std::uint32_t node, std::uint32_t token, Where where,
                        Tell tell) {
  frame.waiting = true;
  const SchemaNode& schema = program_->nodes[node];
  if (schema.leaf) {
    answer_ = leaf(schema, node, token, frame.quiet || tell == Tell::nothing);
    return true;
  }
  const Frame below = frame;
  push(node, token, &below, where, tell);
  return false;
}

void SchemaMachine::push(std::uint32_t node, std::uint32_t token, const Frame* below, Where where,
                         Tell tell) {
  const bool keep = where == Where::same && below->track;
  const SchemaNode& schema = program_->nodes[node];
  frames_.push_back({.node = node,
                     .token = token,
                     .at = schema.first,
                     .in_place = where == Where::part ? 0 : below->in_place + 1,
                     .marks = static_cast<std::uint32_t>(marks_.size()),
                     .scopes = static_cast<std::uint32_t>(scopes_.size()),
                     .quiet = tell == Tell::nothing || (below != nullptr && below->quiet),
                     .keep = keep,
                     .track = keep || schema.needs_marks});
  if (!program_->dynamics.empty()) enter_scope(schema.resource);
  if (frames_.back().in_place > most_in_place) trouble_ = Unjudged::loop;
  if (work_left_-- == 0) trouble_ = Unjudged::work;
}

/// Only the outermost place of a resource counts, so it is kept once.
void SchemaMachine::enter_scope(std::uint32_t resource) {
  if (std::ranges::find(scopes_, resource) == scopes_.end()) scopes_.push_back(resource);
}

/// Runs the top frame until it ends or waits for another.
void SchemaMachine::advance() {
  Frame& frame = frames_.back();
  const SchemaNode& schema = program_->nodes[frame.node];
  const TypeSet type = type_bit(tape_[frame.token].type());
  for (; frame.at < schema.first + schema.count; ++frame.at) {
    const Instruction& in = program_->code[frame.at];
    if ((in.applies & type) == 0) continue;
    const Step did = step(frame, in);
    if (did == Step::wait) return;
    frame.failed = frame.failed || did == Step::no;
    if (frame.failed && frame.quiet) break;
    frame.cursor = frame.sub = frame.count = frame.guess = 0;
    frame.bad = frame.waiting = false;
  }
  finish();
}

void SchemaMachine::finish() {
  const Frame& frame = frames_.back();
  answer_ = !frame.failed;
  if (frame.failed || !frame.keep) marks_.resize(frame.marks);
  scopes_.resize(frame.scopes);
  frames_.pop_back();
}

bool SchemaMachine::leaf(const SchemaNode& node, std::uint32_t index, std::uint32_t token,
                         bool quiet) {
  const TypeSet type = type_bit(tape_[token].type());
  bool ok = true;
  for (std::uint32_t at = node.first; at < node.first + node.count; ++at) {
    const Instruction& in = program_->code[at];
    if ((in.applies & type) == 0) continue;
    ok = holds(in, {.node = index, .instruction = at, .token = token}, quiet) && ok;
    if (!ok && quiet) return false;
  }
  return ok;
}

/// What the schema that was asked said, once.
std::optional<bool> SchemaMachine::answer(Frame& frame) const {
  if (!frame.waiting) return std::nullopt;
  frame.waiting = false;
  return answer_;
}

void SchemaMachine::mark(const Frame& frame, std::uint32_t token) {
  if (frame.track) marks_.push_back(token);
}

void SchemaMachine::note(const Frame& frame, std::uint32_t token, std::uint32_t detail) {
  note({.node = frame.node, .instruction = frame.at, .token = token, .detail = detail},
       frame.quiet);
}

void SchemaMachine::note(Finding finding, bool quiet) {
  if (quiet) return;
  if (findings_.size() == telling_.most_findings) {
    more_ = true;
  } else {
    findings_.push_back(finding);
  }
}

SchemaMachine::Step SchemaMachine::ended(const Frame& frame) const {
  return frame.bad ? Step::no : Step::yes;
}

SchemaMachine::Step SchemaMachine::step(Frame& frame, const Instruction& in) {
  switch (in.op) {
    case Op::reference: return simply(frame, in.argument);
    case Op::dynamic_reference:
      return simply(frame, dynamic_target(program_->dynamics[in.argument]));
    case Op::all_of: return all_of(frame, in);
    case Op::any_of: return any_of(frame, in);
    case Op::one_of: return one_of(frame, in);
    case Op::negation: return negation(frame, in);
    case Op::condition: return condition(frame, in);
    case Op::dependent_schemas: return dependent_schemas(frame, in);
    case Op::property_names: return property_names(frame, in);
    case Op::members: return members(frame, in);
    case Op::items: return items(frame, in);
    case Op::contains: return contains(frame, in);
    case Op::unevaluated_items: return unevaluated(frame, in, 0);
    case Op::unevaluated_properties: return unevaluated(frame, in, 1);
    default: break;
  }
  const Finding here{.node = frame.node, .instruction = frame.at, .token = frame.token};
  return holds(in, here, frame.quiet) ? Step::yes : Step::no;
}

/// One schema about the same value.
SchemaMachine::Step SchemaMachine::simply(Frame& frame, std::uint32_t node) {
  if (!frame.waiting && !ask(frame, node, frame.token, Where::same, Tell::as_before)) {
    return Step::wait;
  }
  return *answer(frame) ? Step::yes : Step::no;
}

std::uint32_t SchemaMachine::dynamic_target(const DynamicTable& table) const {
  if (table.anchor == no_node) return table.node;
  for (const std::uint32_t resource : scopes_) {
    const auto found = program_->dynamic_anchors.find({resource, table.anchor});
    if (found != program_->dynamic_anchors.end()) return found->second;
  }
  return table.node;
}

SchemaMachine::Step SchemaMachine::all_of(Frame& frame, const Instruction& in) {
  const auto& list = program_->lists[in.argument];
  for (;;) {
    if (answer(frame) == false) frame.bad = true;
    if (frame.sub == list.size() || (frame.bad && frame.quiet)) return ended(frame);
    if (!ask(frame, list[frame.sub++], frame.token, Where::same, Tell::as_before)) {
      return Step::wait;
    }
  }
}

SchemaMachine::Step SchemaMachine::any_of(Frame& frame, const Instruction& in) {
  const auto& list = program_->lists[in.argument];
  for (;;) {
    if (answer(frame) == true) ++frame.count;
    // With marks wanted, each alternative that is valid gives its own.
    if (frame.count > 0 && !frame.track) return Step::yes;
    if (frame.sub == list.size()) break;
    if (!ask(frame, list[frame.sub++], frame.token, Where::same, Tell::nothing)) return Step::wait;
  }
  if (frame.count > 0) return Step::yes;
  note(frame, frame.token, 0);
  return Step::no;
}

SchemaMachine::Step SchemaMachine::one_of(Frame& frame, const Instruction& in) {
  const auto& list = program_->lists[in.argument];
  for (;;) {
    if (answer(frame) == true) ++frame.count;
    if (frame.count > 1 || frame.sub == list.size()) break;
    if (!ask(frame, list[frame.sub++], frame.token, Where::same, Tell::nothing)) return Step::wait;
  }
  if (frame.count == 1) return Step::yes;
  note(frame, frame.token, frame.count);
  return Step::no;
}

SchemaMachine::Step SchemaMachine::negation(Frame& frame, const Instruction& in) {
  if (!frame.waiting && !ask(frame, in.argument, frame.token, Where::apart, Tell::nothing)) {
    return Step::wait;
  }
  if (!*answer(frame)) return Step::yes;
  note(frame, frame.token, 0);
  return Step::no;
}

SchemaMachine::Step SchemaMachine::condition(Frame& frame, const Instruction& in) {
  const ConditionTable& table = program_->conditions[in.argument];
  if (frame.sub == 0) {
    if (!frame.waiting && !ask(frame, table.test, frame.token, Where::same, Tell::nothing)) {
      return Step::wait;
    }
    frame.sub = *answer(frame) ? 1 : 2;
  }
  const std::uint32_t branch = frame.sub == 1 ? table.then : table.otherwise;
  return branch == no_node ? Step::yes : simply(frame, branch);
}

SchemaMachine::Step SchemaMachine::dependent_schemas(Frame& frame, const Instruction& in) {
  const auto& table = program_->dependencies[in.argument];
  for (;;) {
    if (answer(frame) == false) frame.bad = true;
    if (frame.sub == table.size() || (frame.bad && frame.quiet)) return ended(frame);
    const Dependency& next = table[frame.sub++];
    if (!has_member(frame.token, next.key)) continue;
    if (!ask(frame, next.node, frame.token, Where::same, Tell::as_before)) return Step::wait;
  }
}

SchemaMachine::Step SchemaMachine::property_names(Frame& frame, const Instruction& in) {
  const std::uint32_t end = tape_[frame.token].next;
  if (frame.cursor == 0) frame.cursor = frame.token + 1;
  for (;;) {
    if (answer(frame) == false) frame.bad = true;
    if (frame.cursor == end || (frame.bad && frame.quiet)) return ended(frame);
    const std::uint32_t key = frame.cursor;
    frame.cursor = tape_[key].next;
    if (!ask(frame, in.argument, key, Where::part, Tell::as_before)) return Step::wait;
  }
}

/// The next schema for the member at the cursor, or none. `sub` goes over the property itself, the
/// patterns and the rest; `count` is how many were there.
std::uint32_t SchemaMachine::next_schema(Frame& frame, const MembersTable& table) {
  if (frame.sub == 0) {
    ++frame.sub;
    const std::uint32_t node =
        table.properties.find(string_at(tape_, frame.cursor, room_), frame.guess);
    if (node != no_node) {
      ++frame.count;
      return node;
    }
  }
  while (frame.sub <= table.patterns.size()) {
    const MembersTable::Pattern& pattern = table.patterns[frame.sub++ - 1];
    const std::string_view key = string_at(tape_, frame.cursor, room_);
    if (!program_->patterns[pattern.pattern].found_in(key)) continue;
    ++frame.count;
    return pattern.node;
  }
  return frame.count++ == 0 ? table.additional : no_node;
}

SchemaMachine::Step SchemaMachine::members(Frame& frame, const Instruction& in) {
  const MembersTable& table = program_->members[in.argument];
  const std::uint32_t end = tape_[frame.token].next;
  if (frame.cursor == 0) frame.cursor = frame.token + 1;
  for (;;) {
    if (answer(frame) == false) frame.bad = true;
    if (frame.cursor == end || (frame.bad && frame.quiet)) return ended(frame);
    const std::uint32_t node = next_schema(frame, table);
    if (node == no_node) {
      frame.cursor = tape_[frame.cursor].next;
      frame.sub = frame.count = 0;
      continue;
    }
    mark(frame, frame.cursor);
    if (!ask(frame, node, frame.cursor + 1, Where::part, Tell::as_before)) return Step::wait;
  }
}

SchemaMachine::Step SchemaMachine::items(Frame& frame, const Instruction& in) {
  const ItemsTable& table = program_->items[in.argument];
  const std::uint32_t end = tape_[frame.token].next;
  if (frame.cursor == 0) frame.cursor = frame.token + 1;
  for (;;) {
    if (answer(frame) == false) frame.bad = true;
    if (frame.cursor == end || (frame.bad && frame.quiet)) return ended(frame);
    const std::uint32_t node =
        frame.sub < table.prefix.size() ? table.prefix[frame.sub] : table.rest;
    if (node == no_node) return ended(frame);
    const std::uint32_t item = frame.cursor;
    mark(frame, item);
    ++frame.sub;
    frame.cursor = tape_[item].next;
    if (!ask(frame, node, item, Where::part, Tell::as_before)) return Step::wait;
  }
}

SchemaMachine::Step SchemaMachine::contains(Frame& frame, const Instruction& in) {
  const ContainsTable& table = program_->contains[in.argument];
  const std::uint32_t end = tape_[frame.token].next;
  if (frame.cursor == 0) frame.cursor = frame.token + 1;
  for (;;) {
    if (answer(frame) == true) {
      ++frame.count;
      if (table.marks) mark(frame, frame.sub);
    }
    if (frame.cursor == end) break;
    frame.sub = frame.cursor;
    frame.cursor = tape_[frame.cursor].next;
    if (!ask(frame, table.node, frame.sub, Where::part, Tell::nothing)) return Step::wait;
  }
  if (frame.count >= table.least && frame.count <= table.most) return Step::yes;
  note(frame, frame.token, frame.count);
  return Step::no;
}

/// Members (`to_value` is 1) or items (0) that nothing here has evaluated.
SchemaMachine::Step SchemaMachine::unevaluated(Frame& frame, const Instruction& in,
                                               std::uint32_t to_value) {
  // What failed has evaluated nothing, and all that is known by then is told already.
  if (frame.failed) return Step::yes;
  const std::uint32_t end = tape_[frame.token].next;
  if (frame.cursor == 0) {
    std::sort(marks_.begin() + frame.marks, marks_.end());
    frame.cursor = frame.token + 1;
    frame.sub = frame.marks;
    frame.count = static_cast<std::uint32_t>(marks_.size());
  }
  for (;;) {
    if (answer(frame) == false) frame.bad = true;
    if (frame.cursor == end || (frame.bad && frame.quiet)) return ended(frame);
    const std::uint32_t at = frame.cursor;
    frame.cursor = tape_[at].next;
    while (frame.sub < frame.count && marks_[frame.sub] < at) ++frame.sub;
    if (frame.sub < frame.count && marks_[frame.sub] == at) continue;
    mark(frame, at);
    if (!ask(frame, in.argument, at + to_value, Where::part, Tell::as_before)) return Step::wait;
  }
}

bool SchemaMachine::has_member(std::uint32_t object, std::string_view name) {
  for (std::uint32_t key = object + 1; key < tape_[object].next; key = tape_[key].next) {
    if (string_at(tape_, key, room_) == name) return true;
  }
  return false;
}

}  // namespace gird::json
