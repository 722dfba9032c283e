// The one value that a pointer leads to.
#pragma once

#include <optional>

#include "json/pointer_text.hpp"
#include "json/stage.hpp"
#include "json/unescape.hpp"
#include "json/walk.hpp"

namespace gird::json {

/// Gives, of each document, the value that the pointer leads to, byte for byte and as soon as it
/// comes, with a line feed behind it; nothing of a document that has no such value. Keys are
/// compared by what they mean, not by how they are written; where a key stands twice, the first
/// value that the whole pointer meets is taken. An index has no leading zero; `-` meets nothing.
/// Memory: a bit a level. The values given are the documents of what follows, so `completed` is
/// told of them.
class Select final : public Stage {
 public:
  Select(Sink& next, Pointer pointer);

  void text(std::string_view bytes) override;
  void completed(std::size_t depth) override;
  Result<void> finish() override;

  /// Documents that have ended so far.
  [[nodiscard]] std::uint64_t documents() const { return eye_.documents; }
  /// Those of them in which the pointer met nothing.
  [[nodiscard]] std::uint64_t misses() const { return eye_.misses; }
  /// The number of the first of those, from 1; 0 where there is none.
  [[nodiscard]] std::uint64_t first_miss() const { return eye_.first_miss; }

 private:
  struct Step {
    std::string key;
    std::optional<std::uint64_t> index;  ///< what `key` is in an array
    std::uint64_t seen = 0;              ///< elements before the present one
  };

  /// Follows the pointer. A container is on the path when all the steps down to it were met.
  struct Eye : Watcher {
    void value_begins(std::size_t at);
    void value_ends(std::size_t at);
    void opened(std::size_t at, bool object);
    void closes(std::size_t at, bool object);
    void comma(std::size_t at);
    void key_begins(std::size_t at);
    void key_part(std::string_view text);
    void key_ends(std::size_t at);

    [[nodiscard]] bool on_path() const { return depth == path && !found; }
    void end_document();
    void compare(std::string_view part);
    void give(std::size_t to);

    Select* stage = nullptr;
    std::vector<Step> steps;
    std::size_t depth = 0;  ///< open containers
    std::size_t path = 0;   ///< how many of them, from the top, are on the path
    bool member = true;     ///< the next value of the innermost container is on the path
    bool found = false;     ///< in this document
    bool giving = false;
    bool array = false;  ///< what is given is one
    std::string_view piece;
    std::size_t given = 0;  ///< bytes of the piece
    Unescape unescape;
    std::size_t compared = 0;  ///< bytes of the key
    std::uint64_t documents = 0;
    std::uint64_t misses = 0;
    std::uint64_t first_miss = 0;
  };

  Walk<Eye> walk_;
  Eye eye_;
};

}  // namespace gird::json
