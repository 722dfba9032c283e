// The lines between gird and gird-net, from gird's side.
#include "net/helper_line.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "base/json.hpp"

namespace gird::net {
namespace {

constexpr std::size_t longest_line = 4096;

/// One byte, so that nothing of what follows the line is taken; there is one line in a connection.
ssize_t receive(int socket, char& byte, sys::Fd& passed) {
  iovec part{&byte, 1};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  const ssize_t count = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
  if (count <= 0) return count;
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header != nullptr && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
    int number = -1;
    std::memcpy(&number, CMSG_DATA(header), sizeof number);
    passed.reset(number);
  }
  return count;
}

/// The text under `key`. The helper writes no escapes but those of quotes and backslashes.
std::string text_under(std::string_view key, std::string_view line) {
  const std::string opening = "\"" + std::string(key) + "\":\"";
  const std::size_t from = line.find(opening);
  if (from == line.npos) return {};
  std::string text;
  for (std::size_t at = from + opening.size(); at < line.size() && line[at] != '"'; ++at) {
    if (line[at] == '\\' && at + 1 < line.size()) ++at;
    text += line[at];
  }
  return text;
}

}  // namespace

std::string connect_request(const Endpoint& endpoint) {
  JsonObject connect;
  connect.add("host", endpoint.host).add("port", endpoint.port).add("tls", endpoint.tls);
  return JsonObject().add("v", 1).raw("connect", connect.text()).text();
}

HelperLine read_line(int socket, Instant deadline) {
  HelperLine line;
  while (line.text.size() < longest_line) {
    if (!ready(socket, POLLIN, deadline)) {
      line.end = HelperLine::End::late;
      return line;
    }
    char byte = 0;
    const ssize_t count = receive(socket, byte, line.passed);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (count <= 0) return line;
    if (byte == '\n') {
      line.end = HelperLine::End::whole;
      return line;
    }
    line.text += byte;
  }
  return line;
}

std::optional<DialFault> fault_in(std::string_view line) {
  if (line.starts_with("{\"v\":1,\"connected\":true")) return std::nullopt;
  const std::string error = text_under("error", line);
  std::string why = text_under("why", line);
  if (error == "away") return DialFault{DialFault::What::away, std::move(why)};
  if (error == "untrusted") return DialFault{DialFault::What::untrusted, std::move(why)};
  if (error.empty()) why = "gird-net said nothing of use";
  return DialFault{DialFault::What::broken, std::move(why)};
}

}  // namespace gird::net
