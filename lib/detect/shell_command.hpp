// One simple command: what is run, and what its arguments look like.
#pragma once

#include <cstddef>
#include <string_view>

#include "detect/shell_lexer.hpp"
#include "detect/shell_words.hpp"
#include "detect/sign.hpp"

namespace gird::detect::shell {

/// What the arguments of a command look like. Prose behind a word that is also a program's name has
/// none of these, only plain words.
struct Shape {
  bool flag = false;       ///< `-x`, `--name`
  bool path = false;       ///< `/etc/passwd`, `~/x`, `../x`, `C:\x`
  bool secret = false;     ///< one of the paths is one that nobody has to read
  bool url = false;        ///< `http://x`, an IPv4 address
  bool redirect = false;   ///< `>x`, `2>&1`, `< /etc/x`
  bool number = false;     ///< the first argument is a number
  bool file = false;       ///< a name with a suffix
  bool expansion = false;  ///< `$x`, a glob
  bool computed = false;   ///< `$(…)`, `$((…))`
  bool quoted = false;
  bool foreign = false;  ///< the first is an operator of another language: `=`, `:`
  unsigned plain = 0;    ///< how many plain words
  unsigned all = 0;      ///< how many arguments
};

struct Command {
  Span where;
  Program program;
  Shape shape;
  bool split = false;         ///< its name was held apart by quotes or expansions
  bool quoted = false;        ///< its name was inside quotes
  bool hidden = false;        ///< a variable that leaves nothing stands before its name
  bool ifs = false;           ///< `$IFS` follows its name
  bool glob = false;          ///< its name is a pattern
  bool absolute = false;      ///< named with its folder: `/bin/cat`
  bool shell_itself = false;  ///< `$0`
  bool prefixed = false;      ///< run by another: `sudo`, `nohup`
  bool input = false;         ///< a redirection comes straight behind the name: `cat</etc/passwd`
  char stop = '\0';           ///< the byte that ends it, NUL at the end of the text

  [[nodiscard]] bool known() const { return program.kind != Kind::none; }
  /// No argument: it is only named.
  [[nodiscard]] bool bare() const { return shape.all == 0 && !shape.redirect; }
  /// Its arguments are such as a program takes and prose does not have.
  [[nodiscard]] bool firm() const;
};

/// Reads the command at `at`, at most a few hundred bytes of it. Assignments, redirections and
/// reserved words in front of its name are passed over.
Command read_command(std::string_view text, std::size_t at);

}  // namespace gird::detect::shell
