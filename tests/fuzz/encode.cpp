// Any text, in every context: it is read back or refused with a place, a replaced one is written,
// and what was read from any bytes is written and read the same again.
#include "text/encode.hpp"

#include "target.hpp"

using namespace gird;
using text::OnUnsafe;

namespace {

void try_text(const text::Context& context, std::string_view text) {
  const auto encoded = context.encode(text, OnUnsafe::reject);
  const auto replaced = context.encode(text, OnUnsafe::replace);
  fuzz::hold(replaced.has_value(), "with replacements there is always a text");
  if (!encoded) {
    fuzz::hold(encoded.error().offset <= text.size(), "a refusal has a place");
    fuzz::hold(!encoded.error().why.empty(), "a refusal has a reason");
    return;
  }
  fuzz::hold(*encoded == *replaced, "nothing is replaced where nothing is refused");
  if (context.decode == nullptr) return;
  const auto back = context.decode(*encoded);
  fuzz::hold(back && *back == text, "what is written reads back");
}

void try_encoded(const text::Context& context, std::string_view bytes) {
  if (context.decode == nullptr) return;
  const auto text = context.decode(bytes);
  if (text) try_text(context, *text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  for (const text::ContextGroup& group : text::context_groups()) {
    for (const text::Context& context : group.contexts) {
      try_text(context, bytes);
      try_encoded(context, bytes);
    }
  }
  return 0;
}
