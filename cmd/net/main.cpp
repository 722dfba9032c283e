// gird-net: what gird cannot do itself, being linked statically: names and TLS. gird starts it with
// one end of a socket pair as standard input; it serves one request there and goes.
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>
#include <thread>

#include "online/request.hpp"
#include "online/resolve.hpp"
#include "online/tls.hpp"
#include "sys/fd.hpp"

namespace gird::online {
namespace {

constexpr int plain = STDIN_FILENO;
constexpr std::size_t longest_line = 65536;

/// The first line; what comes behind it belongs to the connection and stays where it is.
std::string read_line() {
  std::string line;
  char byte = 0;
  while (line.size() < longest_line) {
    const ssize_t count = ::read(plain, &byte, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || byte == '\n') break;
    line += byte;
  }
  return line;
}

/// Passes the descriptor on, as rights that go with the line.
void pass_on(int number, std::string line) {
  iovec part{line.data(), line.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof number);
  std::memcpy(CMSG_DATA(header), &number, sizeof number);
  ::sendmsg(plain, &message, MSG_NOSIGNAL);
}

int refuse(const Refusal& refusal) {
  sys::write_all(plain, refusal_line(refusal));
  return 1;
}

/// Whoever asked may go before there is an answer, as names and connections take as long as they
/// take. Once there is a connection, its two ends say when it is over.
class Watch {
 public:
  Watch() {
    std::thread([this] {
      pollfd asker{plain, 0, 0};
      while (::poll(&asker, 1, -1) < 0 && errno == EINTR) {
      }
      if (!connected_) ::_exit(0);
    }).detach();
  }
  void end() { connected_ = true; }

 private:
  std::atomic<bool> connected_ = false;
};

int serve() {
  static Watch watch;
  const auto request = parse_request(read_line());
  if (!request) return refuse(request.error());
  auto socket = connect_by_name(*request);
  if (!socket) return refuse(socket.error());
  if (!request->tls) {
    watch.end();
    pass_on(socket->get(), connected_line());
    return 0;
  }
  auto tls = Tls::shake_hands(std::move(*socket), *request);
  if (!tls) return refuse(tls.error());
  watch.end();
  sys::write_all(plain, connected_line());
  (*tls)->relay(plain);
  return 0;
}

}  // namespace
}  // namespace gird::online

int main() {
  std::signal(SIGPIPE, SIG_IGN);
  // What gird inherited from its user is not ours to keep open.
  ::close_range(3, ~0U, 0);
  ::_exit(gird::online::serve());
}
