// Commands and replies of Redis as bytes. Source: the Redis serialization protocol, version 2.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

struct redisReader;  // NOLINT(readability-identifier-naming): hiredis calls it so

namespace gird::store {

/// One reply of the server.
struct Reply {
  enum class Type : std::uint8_t { nothing, status, text, number, list, error };
  Type type = Type::nothing;
  std::string text;         ///< of status, text and error
  std::int64_t number = 0;  ///< of number
  std::vector<Reply> list;

  [[nodiscard]] bool is_error() const { return type == Type::error; }
};

/// A command as the server reads it.
std::string command(std::span<const std::string_view> words);
std::string command(std::initializer_list<std::string_view> words);

/// Makes replies of bytes, however they come in pieces.
class ReplyReader {
 public:
  ReplyReader();
  void feed(std::string_view bytes);
  /// The next whole reply, or nothing yet. Fault::system, store-failed: these are no replies.
  Result<std::optional<Reply>> next();

 private:
  struct Free {
    void operator()(redisReader* reader) const;
  };
  std::unique_ptr<redisReader, Free> reader_;
  std::size_t fed_ = 0;  ///< bytes since the last whole reply
};

}  // namespace gird::store
