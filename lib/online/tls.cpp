// OpenSSL: handshake, and bytes both ways.
#include "online/tls.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace gird::online {
namespace {

std::string openssl_text() {
  const unsigned long code = ::ERR_get_error();
  const char* text = code != 0 ? ::ERR_reason_error_string(code) : nullptr;
  return text != nullptr ? text : "the connection was closed";
}

std::unexpected<Refusal> untrusted(std::string why) {
  return std::unexpected(Refusal{"untrusted", std::move(why)});
}

bool is_number(const std::string& host) {
  in6_addr room{};
  return ::inet_pton(AF_INET, host.c_str(), &room) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), &room) == 1;
}

/// The certificate has to bear this name or number.
bool expect_host(SSL* tls, const std::string& host) {
  if (is_number(host)) {
    return ::X509_VERIFY_PARAM_set1_ip_asc(::SSL_get0_param(tls), host.c_str()) == 1;
  }
  ::SSL_set_hostflags(tls, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return ::SSL_set1_host(tls, host.c_str()) == 1 &&
         ::SSL_ctrl(tls, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                    const_cast<char*>(host.c_str())) == 1;
}

/// The file of trusted certificates that OpenSSL reads when nobody names one.
std::string default_file() {
  const char* named = std::getenv(::X509_get_default_cert_file_env());
  return named != nullptr ? named : ::X509_get_default_cert_file();
}

/// Looks for a certificate in that file, which is read at the first question.
int find_in_default_file(X509_LOOKUP* lookup, X509_LOOKUP_TYPE type, const X509_NAME* name,
                         X509_OBJECT* found) {
  if (type != X509_LU_X509 || ::X509_LOOKUP_get_method_data(lookup) != nullptr) return 0;
  static char read_already = 1;
  ::X509_LOOKUP_set_method_data(lookup, &read_already);
  if (::X509_load_cert_crl_file(lookup, default_file().c_str(), X509_FILETYPE_PEM) <= 0) return 0;
  X509_STORE* store = ::X509_LOOKUP_get_store(lookup);
  ::X509_STORE_lock(store);
  const X509_OBJECT* object =
      ::X509_OBJECT_retrieve_by_subject(::X509_STORE_get0_objects(store), type, name);
  X509* certificate = object != nullptr ? ::X509_OBJECT_get0_X509(object) : nullptr;
  ::X509_STORE_unlock(store);
  return certificate != nullptr ? ::X509_OBJECT_set1_X509(found, certificate) : 0;
}

/// What OpenSSL trusts when nobody says otherwise, in another order: first the directory, where one
/// certificate is found by its name, and only when it is not there the file. The usual one has some
/// 150 of them, and reading it takes most of the 50 ms that a guard waits for its store.
bool trust_defaults(SSL_CTX* context) {
  X509_LOOKUP_METHOD* method = ::X509_LOOKUP_meth_new("the default file, when it is needed");
  if (method == nullptr || ::SSL_CTX_set_default_verify_dir(context) != 1) return false;
  ::X509_LOOKUP_meth_set_get_by_subject(method, find_in_default_file);
  return ::X509_STORE_add_lookup(::SSL_CTX_get_cert_store(context), method) != nullptr;
}

bool trust(SSL_CTX* context, const std::string& ca_file) {
  if (ca_file.empty()) return trust_defaults(context);
  return ::SSL_CTX_load_verify_file(context, ca_file.c_str()) == 1;
}

/// Bytes on their way in one direction.
struct Freight {
  std::array<char, 16384> bytes;
  std::size_t from = 0;
  std::size_t to = 0;

  [[nodiscard]] bool empty() const { return from == to; }
  [[nodiscard]] std::size_t size() const { return to - from; }
  void load(std::size_t count) {
    from = 0;
    to = count;
  }
};

/// Both directions of one connection. Neither side is waited for while the other has something.
class Relay {
 public:
  Relay(SSL* tls, int plain, int socket) : tls_(tls), plain_(plain), socket_(socket) {}

  void run() {
    while (!over_) {
      moved_ = false;
      wants_ = 0;
      read_plain();
      write_server();
      read_server();
      write_plain();
      if (!moved_ && !over_) wait();
    }
  }

 private:
  void read_plain() {
    if (!out_.empty() || plain_ended_) return;
    const ssize_t count = ::recv(plain_, out_.bytes.data(), out_.bytes.size(), MSG_DONTWAIT);
    if (count > 0) {
      out_.load(static_cast<std::size_t>(count));
      moved_ = true;
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
      // All that was said before is still delivered.
      plain_ended_ = true;
      moved_ = true;
    }
  }

  void write_server() {
    if (out_.empty()) {
      if (plain_ended_) over_ = true;
      return;
    }
    std::size_t count = 0;
    if (::SSL_write_ex(tls_, out_.bytes.data() + out_.from, out_.size(), &count) == 1) {
      out_.from += count;
      moved_ = true;
    } else {
      take_note();
    }
  }

  void read_server() {
    if (!in_.empty() || over_) return;
    std::size_t count = 0;
    if (::SSL_read_ex(tls_, in_.bytes.data(), in_.bytes.size(), &count) == 1) {
      in_.load(count);
      moved_ = true;
    } else {
      take_note();
    }
  }

  void write_plain() {
    if (in_.empty()) return;
    const ssize_t count =
        ::send(plain_, in_.bytes.data() + in_.from, in_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count > 0) {
      in_.from += static_cast<std::size_t>(count);
      moved_ = true;
    } else if (errno != EAGAIN && errno != EINTR) {
      over_ = true;
    }
  }

  /// What OpenSSL waits for, or that it is over.
  void take_note() {
    switch (::SSL_get_error(tls_, 0)) {
      case SSL_ERROR_WANT_READ: wants_ |= POLLIN; break;
      case SSL_ERROR_WANT_WRITE: wants_ |= POLLOUT; break;
      default: over_ = true;
    }
  }

  void wait() const {
    short plain = 0;
    if (out_.empty() && !plain_ended_) plain |= POLLIN;
    if (!in_.empty()) plain |= POLLOUT;
    std::array<pollfd, 2> polled{{{plain_, plain, 0}, {socket_, static_cast<short>(wants_), 0}}};
    ::poll(polled.data(), polled.size(), -1);
  }

  SSL* tls_;
  int plain_;
  int socket_;
  Freight out_;
  Freight in_;
  int wants_ = 0;
  bool plain_ended_ = false;
  bool moved_ = false;
  bool over_ = false;
};

}  // namespace

void Tls::Free::operator()(ssl_st* tls) const { ::SSL_free(tls); }
void Tls::Free::operator()(ssl_ctx_st* context) const { ::SSL_CTX_free(context); }
Tls::~Tls() = default;

std::expected<std::unique_ptr<Tls>, Refusal> Tls::shake_hands(sys::Fd socket,
                                                              const Connect& request) {
  std::unique_ptr<Tls> made(new Tls);
  made->socket_ = std::move(socket);
  made->context_.reset(::SSL_CTX_new(::TLS_client_method()));
  SSL_CTX* context = made->context_.get();
  if (context == nullptr || ::SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1) {
    return untrusted(openssl_text());
  }
  if (!trust(context, request.ca_file)) {
    return untrusted("read the trusted certificates: " + openssl_text());
  }
  ::SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  ::SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  made->tls_.reset(::SSL_new(context));
  SSL* tls = made->tls_.get();
  if (tls == nullptr || !expect_host(tls, request.host) ||
      ::SSL_set_fd(tls, made->socket_.get()) != 1) {
    return untrusted(openssl_text());
  }
  const int result = ::SSL_connect(tls);
  if (result == 1) return made;
  const bool ended = ::SSL_get_error(tls, result) == SSL_ERROR_SYSCALL ||
                     ERR_GET_REASON(::ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
  const long verdict = ::SSL_get_verify_result(tls);
  if (verdict != X509_V_OK) {
    return untrusted(std::string("its certificate: ") + ::X509_verify_cert_error_string(verdict));
  }
  // A server on its way down, or a balancer with none behind it.
  if (ended) return std::unexpected(Refusal{"away", "it closed the connection"});
  return untrusted("no TLS with it: " + openssl_text());
}

void Tls::relay(int plain) {
  sys::never_block(socket_.get());
  Relay(tls_.get(), plain, socket_.get()).run();
  ::SSL_shutdown(tls_.get());
}

}  // namespace gird::online
