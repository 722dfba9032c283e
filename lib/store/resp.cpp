// Replies through the reader of hiredis, which takes bytes and needs no connection: the rest of
// that library resolves names, which a static program cannot do.
#include "store/resp.hpp"

#include <hiredis/read.h>

namespace gird::store {
namespace {

/// More than any reply of ours; a server that sends more is no store.
constexpr std::size_t longest_reply = 8U << 20U;
/// Of a list: the keys of one scan, the parts of a message.
constexpr int most_elements = 100'000;

/// The reply itself for the outermost, for others a place in the list around it.
Reply* place(const redisReadTask* task) {
  if (task->parent == nullptr) return new Reply;
  auto& list = static_cast<Reply*>(task->parent->obj)->list;
  return &list[static_cast<std::size_t>(task->idx)];
}

void* make_text(const redisReadTask* task, char* text, std::size_t size) {
  Reply* reply = place(task);
  reply->type = task->type == REDIS_REPLY_ERROR    ? Reply::Type::error
                : task->type == REDIS_REPLY_STATUS ? Reply::Type::status
                                                   : Reply::Type::text;
  reply->text.assign(text, size);
  return reply;
}

void* make_list(const redisReadTask* task, int size) {
  if (size > most_elements) return nullptr;
  Reply* reply = place(task);
  reply->type = Reply::Type::list;
  reply->list.resize(static_cast<std::size_t>(size));
  return reply;
}

void* make_number(const redisReadTask* task, long long number) {
  Reply* reply = place(task);
  reply->type = Reply::Type::number;
  reply->number = number;
  return reply;
}

void* make_nothing(const redisReadTask* task) { return place(task); }

/// Called with the outermost alone.
void free_reply(void* reply) { delete static_cast<Reply*>(reply); }

redisReplyObjectFunctions functions{make_text, make_list, make_number, make_nothing, free_reply};

std::unexpected<Error> no_reply(std::string why) {
  return std::unexpected(
      Error{Fault::system, "store-failed", "read an answer of Redis", std::move(why)});
}

}  // namespace

std::string command(std::span<const std::string_view> words) {
  std::string bytes = "*" + std::to_string(words.size()) + "\r\n";
  for (const std::string_view word : words) {
    bytes += "$" + std::to_string(word.size()) + "\r\n";
    bytes += word;
    bytes += "\r\n";
  }
  return bytes;
}

std::string command(std::initializer_list<std::string_view> words) {
  return command(std::span(words.begin(), words.size()));
}

void ReplyReader::Free::operator()(redisReader* reader) const { redisReaderFree(reader); }

ReplyReader::ReplyReader() : reader_(redisReaderCreateWithFunctions(&functions)) {}

void ReplyReader::feed(std::string_view bytes) {
  fed_ += bytes.size();
  if (reader_) redisReaderFeed(reader_.get(), bytes.data(), bytes.size());
}

Result<std::optional<Reply>> ReplyReader::next() {
  void* made = nullptr;
  if (!reader_ || redisReaderGetReply(reader_.get(), &made) != REDIS_OK) {
    return no_reply("this is not the protocol of Redis");
  }
  if (made == nullptr) {
    if (fed_ > longest_reply) return no_reply("it is too long");
    return std::optional<Reply>();
  }
  fed_ = 0;
  const std::unique_ptr<Reply> reply(static_cast<Reply*>(made));
  return std::optional(std::move(*reply));
}

}  // namespace gird::store
