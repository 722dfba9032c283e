// TLS to a server, for a program in front of it that speaks none.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>

#include "online/request.hpp"
#include "sys/fd.hpp"

struct ssl_st;
struct ssl_ctx_st;

namespace gird::online {

/// A connection on which the server has shown a certificate that is trusted and bears its name.
class Tls {
 public:
  /// Shakes hands over `socket`. Version 1.2 or newer; trusted is what the system trusts, or
  /// $SSL_CERT_FILE and $SSL_CERT_DIR, or the file that the request names.
  static std::expected<std::unique_ptr<Tls>, Refusal> shake_hands(sys::Fd socket,
                                                                  const Connect& request);
  ~Tls();
  Tls(const Tls&) = delete;
  Tls& operator=(const Tls&) = delete;

  /// Carries bytes both ways between `plain` and the server until either has ended, and tells the
  /// server that it is over.
  void relay(int plain);

 private:
  struct Free {
    void operator()(ssl_st* tls) const;
    void operator()(ssl_ctx_st* context) const;
  };
  Tls() = default;

  sys::Fd socket_;
  std::unique_ptr<ssl_ctx_st, Free> context_;
  std::unique_ptr<ssl_st, Free> tls_;
};

}  // namespace gird::online
