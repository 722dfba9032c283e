// What stands around the documents of a text: fences, prose, prefixes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "json/kind.hpp"
#include "json/settings.hpp"

namespace gird::json {

/// What is known of the text up to a place at its top level. The reader keeps one, and takes each
/// answer's `then` for it.
struct Surroundings {
  /// What is being dropped, where its end was not in sight when it began.
  enum class Inside : std::uint8_t {
    nothing,
    prose,
    reasoning,      ///< `<think>…</think>` and the like
    block_comment,  ///< `/*…*/`
    line_comment,   ///< `//` or `#`, up to the end of the line
    markup,         ///< `<!--…-->`
    code,           ///< a fenced block in another language
    rest,           ///< all that follows the first document
  };
  Inside inside = Inside::nothing;
  std::uint8_t reasoning = 0;  ///< which word of reasoning was opened
  bool any_document = false;   ///< a document began before this place
  bool any_container = false;  ///< one of them was an object or an array
  bool any_fence = false;      ///< a fence was opened
  bool assigned = false;       ///< the document is the right side of an assignment
  char fence = 0;              ///< of the open fence: '`' or '~'; documents in it end with it
  char bracket = 0;            ///< one that was opened before a fence, as in "[```json"
  char quote = 0;              ///< one that was opened by an assignment: x='{…}'
  std::uint8_t quotes = 0;     ///< how many of them, 1 or 3
  std::size_t scanned = 0;     ///< so many bytes of the window need not be looked at again
};

/// What to do at a place at the top level.
struct Around {
  enum class Answer : std::uint8_t {
    more,      ///< the window is too short to tell
    blank,     ///< `size` bytes are white space of JSON: kept, or not, as the layout asks
    drop,      ///< `size` bytes are no JSON: a repair
    document,  ///< a document starts here
    end,       ///< the input ends here
  };
  Answer answer = Answer::more;
  std::size_t size = 0;
  Kind kind = Kind::prose;
  Confidence confidence = Confidence::likely;
  Surroundings then = {};
};

/// Windows of so many bytes are always enough.
inline constexpr std::size_t most_look_ahead = std::size_t{64} << 10U;

/// What stands at the start of `window`, which is the text from a place at the top level on: before
/// the first document, or right behind one. `last` says that the text ends with the window. Looks
/// at no more than `most_look_ahead` bytes. The answer is a function of the text, not of how it was
/// cut: a shorter window gives the same answer, or `more`. Drops of one kind that touch each other
/// are one repair: prose longer than the look-ahead is dropped in pieces.
///
/// A call (`callback({…});`), a tuple, an escaped document and a bare scalar (`hello world`,
/// `None`) are documents: the grammar reads them, with the `)` and `;` of the call. Commas,
/// semicolons and closing brackets between documents, comments and odd blanks are answered here.
///
/// `Extract::automatic`: where the first thing that can be a document is in a fence, what fences
/// hold are the documents; otherwise each container is one. A text without either is a scalar, or
/// one a line. `all` takes containers outside of fences too; `none` takes the whole text as
/// documents; `first` drops what follows the first.
///
/// Decisions where `Profile::llm` follows json_repair: a container in a code span (one backtick at
/// each side) is the container, not a string; behind a container, scalars are prose; and so are
/// several words without quotes where no document is.
/// `Profile::log`: only containers are documents, and those that look like dates or numbers in
/// brackets are prose.
Around look_around(std::string_view window, bool last, const Surroundings& here,
                   const Settings& settings);

}  // namespace gird::json
