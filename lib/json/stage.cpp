// What all stages share: how text goes out.
#include "json/stage.hpp"

#include <algorithm>

namespace gird::json {

Outlet::Outlet(Sink& sink)
    : sink_(&sink), held_(std::make_unique_for_overwrite<char[]>(capacity)) {}

void Outlet::add(std::string_view bytes) {
  if (bytes.size() > capacity - size_) {
    make_room(bytes);
    if (bytes.size() > capacity) return;
  }
  std::ranges::copy(bytes, held_.get() + size_);
  size_ += bytes.size();
}

void Outlet::make_room(std::string_view bytes) {
  flush();
  if (bytes.size() > capacity) sink_->text(bytes);
}

void Outlet::flush() {
  if (size_ == 0) return;
  sink_->text({held_.get(), size_});
  size_ = 0;
}

void Stage::completed(std::size_t depth) {
  out_.flush();
  next_.completed(depth);
}

Result<void> Stage::finish() {
  out_.flush();
  return {};
}

}  // namespace gird::json
