// A step between a repairer and whoever takes its output.
#pragma once

#include <memory>

#include "base/result.hpp"
#include "json/sink.hpp"

namespace gird::json {

/// Small pieces of text, handed to a sink in large ones.
class Outlet {
 public:
  explicit Outlet(Sink& sink);

  void add(std::string_view bytes);
  void add(char byte) { add(std::string_view(&byte, 1)); }
  /// Gives what is held.
  void flush();

 private:
  static constexpr std::size_t capacity = std::size_t{64} * 1024;

  void make_room(std::string_view bytes);

  Sink* sink_;
  std::unique_ptr<char[]> held_;
  std::size_t size_ = 0;
};

/// Takes valid JSON, one document or several with white space between them, in pieces of any size,
/// and gives valid JSON to `next`, which must outlive it. What it gives does not depend on how the
/// text was cut. Stages are chained: each is the sink of the one before it, and they are finished
/// in that order. Repairs are passed on untouched: their `output_offset` is of the repairer's
/// output, before any stage.
class Stage : public Sink {
 public:
  explicit Stage(Sink& next) : out_(next), next_(next) {}

  void repaired(const Repair& repair) override { next_.repaired(repair); }
  /// What is held is given first, so that whoever follows a stream sees each element at once.
  void completed(std::size_t depth) override;
  /// The text ends here: the rest is given. To be called once, and nothing after it. Fails where a
  /// place for what has to wait failed on the way (Spill); other stages always succeed.
  virtual Result<void> finish();

 protected:
  Outlet out_;
  Sink& next_;
};

}  // namespace gird::json
