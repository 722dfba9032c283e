// Finding packs, choosing them, and showing them.
#include "policy/transient.hpp"

#include <algorithm>
#include <array>

#include "base/nearest.hpp"

namespace gird::policy {
namespace {

using Named = std::pair<std::string_view, std::string_view>;

constexpr std::size_t columns = 80;

/// `words` behind `head`, on lines of at most 80 columns; those after the first are indented.
std::string listed(std::string head, std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) {
    if (head.size() + 1 + word.size() > columns) {
      text += head + "\n";
      head = "   ";
    }
    head += " " + std::string(word);
  }
  return text + head + "\n";
}

std::unexpected<Error> unknown(std::string_view item) {
  if (item == "none" || item == "list") {
    return misuse("value-pack", "'" + std::string(item) + "'", "must stand alone");
  }
  std::vector<std::string_view> names;
  for (const auto& [word, help] : words_of(static_cast<const TransientChoice*>(nullptr))) {
    names.push_back(word);
  }
  const std::vector<std::string> near = nearest(item, names);
  return misuse("value-pack", "'" + std::string(item) + "'",
                item.empty() ? "empty name in a list of packs" : "no such pack",
                near.empty() ? std::vector<std::string>{"see them with --transient list"}
                             : did_you_mean(near));
}

Result<void> add_item(std::string_view item, TransientChoice& choice) {
  if (item == "auto") {
    choice.automatic = true;
    return {};
  }
  const TransientPack* pack = pack_named(item);
  if (pack == nullptr) return unknown(item);
  if (std::ranges::find(choice.packs, pack) == choice.packs.end()) choice.packs.push_back(pack);
  return {};
}

/// "  transient  6   could not resolve host", and below it the pattern if there is one.
std::string rule_as_text(const TransientRule& rule, std::size_t width) {
  std::string text = rule.nature == Nature::transient ? "  transient  " : "  permanent  ";
  const std::string indent(text.size(), ' ');
  text += rule.outcomes;
  text.append(width - rule.outcomes.size() + 2, ' ');
  text += rule.reason;
  text += '\n';
  if (!rule.message.empty()) text += indent + "/" + std::string(rule.message) + "/\n";
  return text;
}

std::string pack_as_text(const TransientPack& pack) {
  constexpr std::string_view none[] = {"no", "program", "of", "its", "own"};
  std::string text =
      listed(std::string(pack.name) + ":", pack.programs.empty() ? std::span(none) : pack.programs);
  text += "  source: " + std::string(pack.source) + "\n";
  if (!pack.note.empty()) text += "  note: " + std::string(pack.note) + "\n";
  std::size_t width = 0;
  for (const TransientRule& rule : pack.rules) width = std::max(width, rule.outcomes.size());
  for (const TransientRule& rule : pack.rules) text += rule_as_text(rule, width);
  return text;
}

}  // namespace

const TransientPack* pack_named(std::string_view name) {
  const auto packs = transient_packs();
  const auto found = std::ranges::find(packs, name, &TransientPack::name);
  return found == packs.end() ? nullptr : &*found;
}

const TransientPack* pack_for_program(std::string_view argv0) {
  const std::string_view program = argv0.substr(argv0.rfind('/') + 1);
  for (const TransientPack& pack : transient_packs()) {
    if (std::ranges::find(pack.programs, program) != pack.programs.end()) return &pack;
  }
  return nullptr;
}

Result<void> from_text(std::string_view text, TransientChoice& choice) {
  TransientChoice read{.automatic = false, .list = text == "list", .packs = {}};
  if (text != "none" && !read.list) {
    while (true) {
      const std::size_t comma = text.find(',');
      if (auto done = add_item(text.substr(0, comma), read); !done) return done;
      if (comma == text.npos) break;
      text.remove_prefix(comma + 1);
    }
  }
  choice = std::move(read);
  return {};
}

std::string to_text(const TransientChoice& choice) {
  if (choice.list) return "list";
  std::string text = choice.automatic ? "auto" : "";
  for (const TransientPack* pack : choice.packs) {
    text += (text.empty() ? "" : ",") + std::string(pack->name);
  }
  return text.empty() ? "none" : text;
}

std::span<const Named> words_of(const TransientChoice*) {
  static constexpr std::array<Named, 15> words{{
      {"auto", "the pack named like the command"},
      {"none", "no pack"},
      {"list", "print the packs"},
      {"apt", "apt, apt-get, aptitude"},
      {"aws", "the AWS command line"},
      {"curl", "curl"},
      {"docker", "docker, podman"},
      {"git", "git"},
      {"kubectl", "kubectl"},
      {"mysql", "mysql, mysqldump, mariadb and their kin"},
      {"psql", "psql, pg_dump, pg_restore, pg_basebackup"},
      {"rsync", "rsync"},
      {"ssh", "ssh, scp, sftp"},
      {"sysexits", "exit codes 64 to 78 of sysexits.h"},
      {"wget", "wget"},
  }};
  return words;
}

std::string packs_as_text() {
  std::string text =
      "Exit codes, and where one is needed a pattern that a line of standard error\n"
      "must match. The first rule that applies decides; a failure without a rule is\n"
      "retried as any other. Messages are known in English only (LC_ALL=C).\n";
  for (const TransientPack& pack : transient_packs()) {
    text += "\n" + pack_as_text(pack);
  }
  return text;
}

}  // namespace gird::policy
