// Runs a compiled schema over a tape.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "json/same_value.hpp"
#include "json/schema_program.hpp"
#include "json/tape.hpp"

namespace gird::json {

/// What an instruction did not accept.
struct Finding {
  std::uint32_t node = 0;
  std::uint32_t instruction = 0;  ///< of the program's code
  std::uint32_t token = 0;
  std::uint32_t detail = 0;  ///< a place in the op's table (`required`), or another token
};

/// Why a document could not be judged.
enum class Unjudged : std::uint8_t {
  loop,  ///< the schema asks itself about the same value without an end
  work,  ///< more steps than any sound schema takes
};

/// What a run shall tell. Yes or no is always told.
struct Telling {
  std::size_t most_findings = 0;  ///< 0: stop at the first thing that is wrong
  bool defaults = false;          ///< findings for missing properties with a default, too
};

/// Explicit stack; memory grows with the depth of the document and is kept from run to run. Not for
/// several threads at once; the program may be shared.
class SchemaMachine {
 public:
  explicit SchemaMachine(const SchemaProgram& program) : program_(&program), hashes_(tape_) {}
  SchemaMachine(const SchemaMachine&) = delete;
  SchemaMachine& operator=(const SchemaMachine&) = delete;
  ~SchemaMachine() = default;

  /// The tape that is judged; read a document into it before `run`.
  Tape& tape() { return tape_; }
  [[nodiscard]] const Tape& tape() const { return tape_; }

  /// Whether the document is valid by the schema `node`.
  std::expected<bool, Unjudged> run(std::uint32_t node, Telling telling);
  /// Of the last run, in the order of its steps.
  [[nodiscard]] std::span<const Finding> findings() const { return findings_; }
  /// There are more than were asked for.
  [[nodiscard]] bool more() const { return more_; }

 private:
  enum class Step : std::uint8_t { yes, no, wait };
  /// How a schema is asked: about a part of the value; about the value itself; about the value
  /// itself, and what it evaluates does not count here.
  enum class Where : std::uint8_t { part, same, apart };
  enum class Tell : std::uint8_t { as_before, nothing };

  struct Frame {
    std::uint32_t node = 0;
    std::uint32_t token = 0;
    std::uint32_t at = 0;  ///< instruction
    std::uint32_t in_place = 0;
    std::uint32_t marks = 0;
    std::uint32_t scopes = 0;
    // what one instruction remembers
    std::uint32_t cursor = 0;
    std::uint32_t sub = 0;
    std::uint32_t count = 0;
    std::uint32_t guess = 0;
    bool bad = false;
    bool waiting = false;
    // of the schema
    bool failed = false;
    bool quiet = false;
    bool keep = false;   ///< its marks belong to the frame below, too
    bool track = false;  ///< marks are wanted
  };

  bool ask(Frame& frame, std::uint32_t node, std::uint32_t token, Where where, Tell tell);
  void push(std::uint32_t node, std::uint32_t token, const Frame* below, Where where, Tell tell);
  void enter_scope(std::uint32_t resource);
  void advance();
  void finish();
  bool leaf(const SchemaNode& node, std::uint32_t index, std::uint32_t token, bool quiet);
  std::optional<bool> answer(Frame& frame) const;
  void mark(const Frame& frame, std::uint32_t token);
  void note(const Frame& frame, std::uint32_t token, std::uint32_t detail);
  void note(Finding finding, bool quiet);

  Step step(Frame& frame, const Instruction& in);
  Step all_of(Frame& frame, const Instruction& in);
  Step any_of(Frame& frame, const Instruction& in);
  Step one_of(Frame& frame, const Instruction& in);
  Step negation(Frame& frame, const Instruction& in);
  Step condition(Frame& frame, const Instruction& in);
  Step dependent_schemas(Frame& frame, const Instruction& in);
  Step property_names(Frame& frame, const Instruction& in);
  Step members(Frame& frame, const Instruction& in);
  Step items(Frame& frame, const Instruction& in);
  Step contains(Frame& frame, const Instruction& in);
  Step unevaluated(Frame& frame, const Instruction& in, std::uint32_t to_value);
  Step simply(Frame& frame, std::uint32_t node);
  std::uint32_t next_schema(Frame& frame, const MembersTable& table);
  [[nodiscard]] std::uint32_t dynamic_target(const DynamicTable& table) const;
  [[nodiscard]] Step ended(const Frame& frame) const;

  bool holds(const Instruction& in, Finding at, bool quiet);
  [[nodiscard]] bool has_type(TypeSet set, std::uint32_t token) const;
  bool is_one_of(const ValuesTable& table, std::uint32_t token);
  bool number_holds(const Instruction& in, std::uint32_t token) const;
  bool length_holds(const Instruction& in, std::uint32_t token);
  bool unique_items(Finding at, bool quiet);
  bool required(const KeyTable& names, Finding at, bool quiet);
  bool dependent_required(const std::vector<Dependency>& table, Finding at, bool quiet);
  void defaults(const KeyTable& names, Finding at);
  std::size_t count_missing(const KeyTable& names, std::uint32_t object);
  void note_missing(Finding at);
  [[nodiscard]] bool has_member(std::uint32_t object, std::string_view name);

  const SchemaProgram* program_;
  Tape tape_;
  ValueHashes hashes_;
  Telling telling_;
  std::vector<Frame> frames_;
  std::vector<std::uint32_t> marks_;   ///< keys and items that are evaluated
  std::vector<std::uint32_t> scopes_;  ///< resources that were entered, each once
  std::vector<Finding> findings_;
  std::vector<char> seen_;
  std::string room_;
  std::uint64_t work_left_ = 0;
  std::optional<Unjudged> trouble_;
  bool answer_ = false;
  bool more_ = false;
};

}  // namespace gird::json
