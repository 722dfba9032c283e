// Addresses of Redis read back as they are written, and no message shows a password.
#include "store/redis_address.hpp"

#include "target.hpp"

using namespace gird;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const auto address = store::parse_redis_address(text);
  if (address) {
    const std::string full = store::to_text(*address);
    const auto again = store::parse_redis_address(full);
    fuzz::hold(again && store::to_text(*again) == full, "an address reads back");
    fuzz::hold(!address->host.contains('@'), "a host has no user");
    fuzz::hold(store::names_redis(text), "an address of Redis is known as one");
  } else {
    fuzz::hold(!address.error().why.empty(), "a refusal has a reason");
  }
  const std::string secret = "redis://user:qzxj" + std::string(text) + "@host/0";
  const auto refused = store::parse_redis_address(secret);
  fuzz::hold(!refused, "a password is refused");
  const Error& error = refused.error();
  fuzz::hold(!(error.what + error.why).contains("qzxj"), "a password is not shown");
  return 0;
}
