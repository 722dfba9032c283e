// Repaired text that is edited once more, as one list of repairs of the input.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "json/sink.hpp"

namespace gird {

/// A part of a text.
struct Stretch {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
};

/// What a repairer made of an input: `repairs` are in their order.
struct RepairedText {
  std::string_view input;
  std::string_view text;
  std::span<const json::Repair> repairs;
};

/// An edit of such a text: `repair.removed` bytes at `at` give way to `inserted`. What it is and
/// how sure is said by `repair`; its other fields are of no account.
struct TextEdit {
  std::uint64_t at = 0;
  std::string inserted;
  json::Repair repair;
};

/// Gives `sink` the text with all edits, which are in their order and do not overlap, and tells it
/// of repairs of the input that lead there: each of the text's own, and each edit; one edit that
/// reaches into what repairs wrote stands for them as well, no surer than they. `pass` gives a part
/// of the text as it is.
void give_merged(const RepairedText& repaired, std::span<const TextEdit> edits,
                 const std::function<void(Stretch)>& pass, json::Sink& sink);

}  // namespace gird
