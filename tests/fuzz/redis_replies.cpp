// Replies of a server, whatever it is, are read or refused, and cut anywhere they are the same.
#include "store/resp.hpp"
#include "target.hpp"

using namespace gird;

namespace {

/// All replies up to an error, as many as there are.
std::size_t replies_in(store::ReplyReader& reader, bool& broken) {
  std::size_t count = 0;
  while (!broken) {
    const auto reply = reader.next();
    broken = !reply;
    if (broken || !*reply) break;
    ++count;
  }
  return count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  store::ReplyReader whole;
  bool whole_broken = false;
  whole.feed(bytes);
  const std::size_t count = replies_in(whole, whole_broken);
  store::ReplyReader pieces;
  bool pieces_broken = false;
  std::size_t sum = 0;
  for (const char byte : bytes) {
    if (pieces_broken) break;
    pieces.feed({&byte, 1});
    sum += replies_in(pieces, pieces_broken);
  }
  fuzz::hold(sum == count, "pieces make as many replies as the whole");
  return 0;
}
