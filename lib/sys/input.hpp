// Bytes of a file, or of standard input, in pieces.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "sys/fd.hpp"

namespace gird::sys {

/// A file that is read from its beginning, or standard input from where it stands.
class Input {
 public:
  /// `path` as a FILE of the command line: "-" is standard input.
  /// Fault::system, file-unreadable (a directory is one, too).
  static Result<Input> open(const std::string& path);

  /// All of this one in an unlinked file, which can be read again. Fault::system: file-unreadable,
  /// spool-failed.
  Result<Input> kept() &&;
  /// Pieces in such a file: what `next` gives until it gives nothing; `path` is named in messages.
  static Result<Input> kept(const std::string& path,
                            const std::function<Result<std::string_view>()>& next);

  /// The next bytes, as many as one read gives; empty at the end. Valid until the next call.
  /// Fault::system, file-unreadable.
  Result<std::string_view> next();

  [[nodiscard]] int number() const { return number_; }
  /// Whether its bytes can be read again: it is a regular file.
  [[nodiscard]] bool lasting() const { return S_ISREG(info_.st_mode); }
  /// Where in the file the first byte of this input is.
  [[nodiscard]] std::uint64_t start() const { return start_; }
  /// How many bytes were read so far.
  [[nodiscard]] std::uint64_t passed() const { return passed_; }
  /// How many bytes there were at the beginning; 0 where that is not known.
  [[nodiscard]] std::uint64_t size() const;
  /// What the file was when it was opened.
  [[nodiscard]] const struct stat& info() const { return info_; }
  /// Whether what was read still stands there, as far as the file's times and its size tell; one
  /// that has only grown since does.
  [[nodiscard]] bool unchanged() const;

 private:
  Input() = default;

  std::string path_;
  Fd owned_;
  int number_ = -1;
  struct stat info_{};
  std::uint64_t start_ = 0;
  std::uint64_t passed_ = 0;
  std::size_t room_ = 0;
  std::unique_ptr<char[]> buffer_;
};

/// Whether standard input is a terminal.
bool input_is_terminal();

}  // namespace gird::sys
