// Reading and decoding.
#include "shared/text_input.hpp"

#include <unistd.h>

#include <array>
#include <utility>

namespace gird {

Result<TextInput> TextInput::open(const std::string& file, bool lasting) {
  TextInput input(TRY(sys::Input::open(file)));
  if (lasting && !input.raw_.lasting()) input.raw_ = TRY(std::move(input.raw_).kept());
  if (!input.raw_.lasting()) return input;
  input.plain_ = input.starts_as_utf8();
  if (lasting && !input.plain_)
    input.kept_ = TRY(sys::Input::kept(file, [&input] { return input.decoded(); }));
  return input;
}

/// A look ahead: nothing is read by that.
bool TextInput::starts_as_utf8() const {
  std::array<char, 4> head{};
  const ssize_t got =
      ::pread(raw_.number(), head.data(), head.size(), static_cast<off_t>(raw_.start()));
  if (got <= 0) return true;
  const auto count = static_cast<std::size_t>(got);
  const auto sniffed = json::sniff({head.data(), count}, count < head.size());
  return !sniffed || sniffed->encoding == json::Encoding::utf8;
}

Result<std::string_view> TextInput::next() {
  const std::string_view text = kept_ ? TRY(kept_->next()) : TRY(decoded());
  passed_ += text.size();
  return text;
}

Result<std::string_view> TextInput::decoded() {
  while (!ended_) {
    if (piece_.empty()) {
      piece_ = TRY(raw_.next());
      ended_ = piece_.empty();
    }
    const std::string_view text = ended_ ? decoder_.rest() : decoder_.next(piece_);
    if (!text.empty()) return text;
  }
  return std::string_view();
}

}  // namespace gird
