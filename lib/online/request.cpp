// Lines of JSON from gird and back.
#include "online/request.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace gird::online {
namespace {

using nlohmann::json;

std::unexpected<Refusal> misunderstood(std::string why) {
  return std::unexpected(Refusal{"request", std::move(why)});
}

}  // namespace

std::expected<Connect, Refusal> parse_request(std::string_view line) {
  const json request = json::parse(line, nullptr, false);
  if (!request.is_object()) return misunderstood("this is no JSON object");
  if (request.value("v", json()) != 1) return misunderstood("only version 1 is spoken here");
  const json connect = request.value("connect", json());
  if (!connect.is_object()) return misunderstood("there is nothing to connect to");
  const json host = connect.value("host", json());
  const json port = connect.value("port", json());
  const json tls = connect.value("tls", json(false));
  const json ca_file = connect.value("ca_file", json(""));
  if (!host.is_string() || host.get_ref<const std::string&>().empty()) {
    return misunderstood("there is no host");
  }
  if (!port.is_number_unsigned() || port < 1 || port > 65535) {
    return misunderstood("there is no port");
  }
  if (!tls.is_boolean() || !ca_file.is_string()) {
    return misunderstood("tls is true or false, and ca_file a name");
  }
  return Connect{host.get<std::string>(), port.get<std::uint16_t>(), tls.get<bool>(),
                 ca_file.get<std::string>()};
}

std::string connected_line() { return "{\"v\":1,\"connected\":true}\n"; }

std::string refusal_line(const Refusal& refusal) {
  std::string why = refusal.why;
  std::ranges::replace_if(why, [](char letter) { return letter < ' ' || letter > '~'; }, '?');
  return JsonObject().add("v", 1).add("error", refusal.error).add("why", why).text() + "\n";
}

}  // namespace gird::online
