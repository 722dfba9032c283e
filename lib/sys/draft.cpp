// Keeping and giving what waits.
#include "sys/draft.hpp"

#include <sys/sendfile.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "sys/spool.hpp"

namespace gird::sys {
namespace {

constexpr std::size_t room = 128 << 10;

/// Collects small pieces into large writes.
class Writer final : public Draft::Visitor {
 public:
  Writer(int source, int target) : source_(source), target_(target) { buffer_.reserve(room); }

  /// Short ranges go through the buffer, long ones by the kernel.
  void range(std::uint64_t from, std::uint64_t count) override {
    if (count >= room) {
      flush();
      if (fault == 0) fault = copy_range(source_, from, count, target_);
      return;
    }
    if (buffer_.size() + count > room) flush();
    if (fault == 0) read(from, count);
  }

  void bytes(std::string_view text) override {
    if (buffer_.size() + text.size() > room) flush();
    if (text.size() <= room) {
      buffer_ += text;
    } else if (fault == 0) {
      fault = write_all(target_, text);
    }
  }

  void flush() {
    if (fault == 0 && !buffer_.empty()) fault = write_all(target_, buffer_);
    buffer_.clear();
  }

  int fault = 0;

 private:
  void read(std::uint64_t from, std::uint64_t count) {
    while (count > 0) {
      const std::size_t before = buffer_.size();
      buffer_.resize(before + count);
      const ssize_t got =
          ::pread(source_, buffer_.data() + before, count, static_cast<off_t>(from));
      buffer_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) {
        fault = got == 0 ? ESTALE : errno;
        return;
      }
      from += static_cast<std::uint64_t>(got);
      count -= static_cast<std::uint64_t>(got);
    }
  }

  int source_;
  int target_;
  std::string buffer_;
};

/// Holds what is kept against a file.
class Comparison final : public Draft::Visitor {
 public:
  Comparison(int source, int file, std::uint64_t start)
      : source_(source), file_(file), at_(start) {}

  void range(std::uint64_t from, std::uint64_t count) override {
    const bool itself = source_ == file_ && from == at_;
    while (same && !itself && count > 0) {
      const std::string piece = read(source_, from, std::min<std::uint64_t>(room, count));
      bytes(piece);
      same = same && !piece.empty();
      from += piece.size();
      count -= piece.size();
    }
    at_ += itself ? count : 0;
  }

  void bytes(std::string_view text) override {
    for (; same && !text.empty(); text.remove_prefix(std::min(room, text.size()))) {
      const std::string_view part = text.substr(0, room);
      same = read(file_, at_, part.size()) == part;
      at_ += part.size();
    }
  }

  bool same = true;

 private:
  /// What one read gives: of a file that is as long as it was, `count` bytes.
  static std::string read(int file, std::uint64_t from, std::size_t count) {
    std::string text(count, '\0');
    const ssize_t got = ::pread(file, text.data(), count, static_cast<off_t>(from));
    text.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return text;
  }

  int source_;
  int file_;
  std::uint64_t at_;
};

}  // namespace

/// Reads back what `append` was given: the spool first, then the memory.
class Draft::Reader {
 public:
  explicit Reader(const Draft& draft) : draft_(draft) {
    if (draft.spool_) left_ = static_cast<std::uint64_t>(spool_size(draft.spool_.get()));
  }

  /// At most `most` bytes; none at the end or after a fault.
  std::string_view some(std::size_t most) {
    if (!draft_.spool_ || at_ == left_) return from_memory(most);
    if (view_.empty()) {
      if (!buffer_) buffer_ = std::make_unique_for_overwrite<char[]>(room);
      ssize_t got = -1;
      do {
        got = ::pread(draft_.spool_.get(), buffer_.get(),
                      std::min<std::uint64_t>(room, left_ - at_), static_cast<off_t>(at_));
      } while (got < 0 && errno == EINTR);
      if (got <= 0) {
        fault = got == 0 ? EIO : errno;
        return {};
      }
      view_ = {buffer_.get(), static_cast<std::size_t>(got)};
    }
    const std::string_view piece = view_.substr(0, most);
    view_.remove_prefix(piece.size());
    at_ += piece.size();
    return piece;
  }

  /// False at the end.
  bool head(Head& head) {
    char raw[sizeof head];
    for (std::size_t have = 0; have < sizeof raw;) {
      const std::string_view piece = some(sizeof raw - have);
      if (piece.empty()) return false;
      std::memcpy(raw + have, piece.data(), piece.size());
      have += piece.size();
    }
    std::memcpy(&head, raw, sizeof raw);
    return true;
  }

  int fault = 0;

 private:
  std::string_view from_memory(std::size_t most) {
    const std::string_view piece = std::string_view(draft_.memory_).substr(memory_at_, most);
    memory_at_ += piece.size();
    return piece;
  }

  const Draft& draft_;
  std::uint64_t at_ = 0;
  std::uint64_t left_ = 0;
  std::size_t memory_at_ = 0;
  std::unique_ptr<char[]> buffer_;
  std::string_view view_;
};

void Draft::range(std::uint64_t from, std::uint64_t count) {
  if (count == 0) return;
  size_ += count;
  if (range_.count > 0 && range_.from + range_.count == from) {
    range_.count += count;
    return;
  }
  settle_range();
  range_ = {from, count};
}

void Draft::settle_range() {
  if (range_.count == 0) return;
  const Head head{range_.from, range_.count};
  open_head_ = std::string::npos;
  append({reinterpret_cast<const char*>(&head), sizeof head});
  range_ = {};
}

void Draft::bytes(std::string_view text) {
  if (text.empty()) return;
  size_ += text.size();
  last_ = text.back();
  if (source_ >= 0) {
    settle_range();
    // A head that goes straight to the spool can grow no more and stays empty.
    while (open_head_ == std::string::npos) {
      const Head head{literal, 0};
      append({reinterpret_cast<const char*>(&head), sizeof head});
      if (!memory_.empty()) open_head_ = memory_.size() - sizeof head;
    }
    Head head{};
    std::memcpy(&head, memory_.data() + open_head_, sizeof head);
    head.count += text.size();
    std::memcpy(memory_.data() + open_head_, &head, sizeof head);
  }
  append(text);
}

void Draft::front(std::string_view text) {
  size_ += text.size();
  front_.insert(0, text);
}

void Draft::append(std::string_view raw) {
  ++items_;
  // The pages of a reservation cost nothing until they are touched.
  if (memory_.size() + raw.size() > memory_.capacity() && memory_.capacity() > (64 << 10))
    memory_.reserve(most_memory + room);
  memory_ += raw;
  if (memory_.size() >= most_memory) spill();
}

void Draft::spill() {
  open_head_ = std::string::npos;
  if (fault_ == 0 && !spool_) {
    auto made = make_spool();
    if (made) {
      spool_ = std::move(*made);
    } else {
      fault_ = EIO;
    }
  }
  if (fault_ == 0) fault_ = write_all(spool_.get(), memory_);
  memory_.clear();
}

char Draft::last_byte() const {
  char byte = last_;
  if (range_.count == 0) return byte;
  return ::pread(source_, &byte, 1, static_cast<off_t>(range_.from + range_.count - 1)) == 1
             ? byte
             : last_;
}

Result<void> Draft::kept() const {
  if (fault_ == 0) return {};
  return system_error("spool-failed", "keep the output until it is known to be whole", fault_);
}

int Draft::leave(int target) {
  if (fault_ != 0) return fault_;
  if (source_ >= 0 && items_ > 0) {
    Writer writer(source_, target);
    const int fault = visit(writer);
    writer.flush();
    return writer.fault != 0 ? writer.fault : fault;
  }
  if (const int fault = write_all(target, front_)) return fault;
  if (range_.count > 0) return copy_range(source_, range_.from, range_.count, target);
  if (spool_) {
    if (const int fault = copy_spool(spool_.get(), target)) return fault;
  }
  return write_all(target, memory_);
}

int Draft::visit(Visitor& visitor) {
  if (!front_.empty()) visitor.bytes(front_);
  settle_range();
  Reader reader(*this);
  if (source_ < 0) {
    for (auto piece = reader.some(room); !piece.empty(); piece = reader.some(room))
      visitor.bytes(piece);
    return reader.fault;
  }
  for (Head head{}; reader.head(head);) {
    if (head.from != literal) {
      visitor.range(head.from, head.count);
      continue;
    }
    while (head.count > 0) {
      const std::string_view piece = reader.some(head.count);
      if (piece.empty()) break;
      visitor.bytes(piece);
      head.count -= piece.size();
    }
  }
  return reader.fault;
}

bool Draft::equals(int file, std::uint64_t start) {
  if (fault_ != 0) return false;
  Comparison comparison(source_, file, start);
  if (source_ < 0 || items_ > 0) {
    const int fault = visit(comparison);
    return fault == 0 && comparison.same;
  }
  comparison.bytes(front_);
  comparison.range(range_.from, range_.count);
  return comparison.same;
}

}  // namespace gird::sys
