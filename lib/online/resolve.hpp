// Connections to hosts by name.
#pragma once

#include <expected>

#include "online/request.hpp"
#include "sys/fd.hpp"

namespace gird::online {

/// A TCP connection to the first address of the host that takes one. It waits as long as the system
/// does: whoever asked goes away when that is too long.
std::expected<sys::Fd, Refusal> connect_by_name(const Connect& request);

}  // namespace gird::online
