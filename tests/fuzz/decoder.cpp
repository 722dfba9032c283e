// Encodings: cuts change nothing, UTF-8 stays as it is, and what is encoded is decoded again.
#include "json/decoder.hpp"

#include <string>

#include "base/utf8.hpp"
#include "json/ill_formed.hpp"
#include "json/locator.hpp"
#include "target.hpp"

using namespace gird;
using namespace gird::json;

namespace {

struct Decoded {
  std::string text;
  Sniffed sniffed;
};

Decoded decoded(std::string_view bytes, std::size_t piece) {
  Decoder decoder;
  Decoded all;
  const auto take = [&](std::string_view more) {
    all.text += more;
    return true;
  };
  for (std::size_t i = 0; i < bytes.size(); i += piece) decoder.push(bytes.substr(i, piece), take);
  decoder.finish(take);
  all.sniffed = *decoder.sniffed();
  return all;
}

void put(std::string& bytes, std::uint32_t unit, std::size_t size, bool big) {
  for (std::size_t i = 0; i < size; ++i) {
    bytes += static_cast<char>(unit >> 8 * (big ? size - 1 - i : i) & 0xffU);
  }
}

/// `text`, which is UTF-8, behind a mark.
std::string encoded(std::string_view text, bool wide, bool big) {
  std::string bytes;
  put(bytes, 0xfeff, wide ? 4 : 2, big);
  while (!text.empty()) {
    const Utf8 character = next_character(text);
    text.remove_prefix(character.length);
    const std::uint32_t point = character.point;
    if (wide) {
      put(bytes, point, 4, big);
    } else if (point < 0x10000) {
      put(bytes, point, 2, big);
    } else {
      put(bytes, 0xd800 + ((point - 0x10000) >> 10U), 2, big);
      put(bytes, 0xdc00 + ((point - 0x10000) & 0x3ffU), 2, big);
    }
  }
  return bytes;
}

std::string mended(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const std::size_t good = well_formed_size(bytes);
    text += bytes.substr(0, good);
    bytes.remove_prefix(good);
    if (bytes.empty()) break;
    text += "\ufffd";
    bytes.remove_prefix(ill_formed_size(bytes));
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  const Decoded whole = decoded(bytes, size + 1);
  for (const std::size_t piece : {1, 2, 3, 7}) {
    fuzz::hold(decoded(bytes, piece).text == whole.text, "cuts change nothing");
  }
  const bool utf8 = whole.sniffed.encoding == Encoding::utf8;
  fuzz::hold(!utf8 || whole.text == bytes, "UTF-8 stays as it is");
  Locator locator(whole.sniffed);
  locator.pass(whole.text);
  const std::uint64_t offset = locator.spot().offset;
  fuzz::hold(!utf8 || offset == size, "offsets are those of the input");
  fuzz::hold(offset < size + 4, "offsets end with the input");

  const std::string text = mended(bytes);
  fuzz::hold(valid_utf8(text), "mended text is UTF-8");
  fuzz::hold((well_formed_size(bytes) == size) == valid_utf8(bytes), "valid is valid");
  // A NUL behind the mark of UTF-16 would make it the mark of UTF-32.
  if (text.starts_with('\0')) return 0;
  for (const int form : {0, 1, 2, 3}) {
    const auto again = decoded(encoded(text, form % 2 == 1, form / 2 == 1), 5);
    fuzz::hold(again.text == "\ufeff" + text, "what is encoded is decoded again");
  }
  return 0;
}
