// A transcript file: a Markdown page whose console blocks are commands and what they print.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace gird::transcript {

/// Something a case does: a command with what it should print, or a file that is written.
struct Step {
  std::size_t line = 0;                    ///< where it stands, 1 is the first
  std::string text = {};                   ///< the command, or the content of the file
  std::string file = {};                   ///< the file's name; empty for a command
  std::vector<std::string> expected = {};  ///< what the command prints, line by line
  int status = 0;                          ///< how it exits
  std::size_t answer_from = 0;             ///< the lines of the page that hold `expected` and the
  std::size_t answer_to = 0;  ///< status: from here (0 is the first) up to before there

  [[nodiscard]] bool is_command() const { return file.empty(); }
};

/// What stands below one heading.
struct Case {
  std::string title;
  std::size_t line = 0;
  std::vector<Step> steps = {};
};

/// A console block that says why it is not run.
struct Skipped {
  std::size_t line = 0;
  std::string reason;
};

struct Document {
  std::string path;
  std::vector<std::string> lines;
  std::vector<Case> cases = {};  ///< those that have at least one command
  std::vector<Skipped> skipped = {};
};

/// Reads the page `text`. Every heading of level one to three opens a case; a `console` block holds
/// its commands ("$ ", continued by "> "), and a block whose info says `file=NAME` is a file.
/// `<!-- not run: REASON -->` before a console block leaves it out.
/// Fault::input, transcript-syntax: output before the first command, a block that never closes, a
/// file outside of the scratch folder, no console block at all.
Result<Document> read_document(std::string path, std::string_view text);

/// New lines for the answer of one command.
struct Answer {
  const Step* step = nullptr;
  std::vector<std::string> lines;  ///< with the status line, if it is not 0
};

/// The page with the given answers in place of its own. `answers` are in the order of the page.
std::string rewritten(const Document& document, const std::vector<Answer>& answers);

/// Whether an output line would be read as something else: a command, the end of the block.
bool misread(std::string_view line);

/// "[7]" for 7.
std::string status_line(int status);

}  // namespace gird::transcript
