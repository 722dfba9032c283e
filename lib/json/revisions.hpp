// Documents that take the place of those before them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/sink.hpp"
#include "json/tape.hpp"

namespace gird::json {

/// Stands between a repairer and its taker where a text says the same thing again: of objects or
/// arrays of one shape side by side the last stays, and empty ones go; so does a scalar before one
/// of them. What goes is one repair.
/// Documents with nothing but a line feed between them are records, and all of them stay; so does
/// one of more than `most_held` bytes, which is given as it comes.
class Revisions final : public Sink {
 public:
  static constexpr std::size_t most_held = std::size_t{64} << 10U;

  explicit Revisions(Sink& next) : next_(next) {}

  void text(std::string_view bytes) override;
  void repaired(const Repair& repair) override;
  void begins() override;
  void completed(std::size_t depth) override;
  /// There is a second document; whether it stays is known later.
  void several() override {}
  /// The text ends here: the rest is given.
  void finish();

 private:
  /// A run of the output with what was repaired in it.
  struct Part {
    struct Edit {
      std::size_t at = 0;  ///< in `text`, where what it inserted begins
      Repair repair;
    };
    std::string text = {};
    std::vector<Edit> edits = {};
    std::uint64_t start = 0;  ///< in the input

    [[nodiscard]] std::size_t size() const { return text.size() + edits.size() * sizeof(Edit); }
    [[nodiscard]] bool line_feed() const;
    /// Whether what separates two documents is among it.
    [[nodiscard]] bool separates() const;
    [[nodiscard]] bool container() const { return text.starts_with('{') || text.starts_with('['); }
    /// Whether it is an object or array, and nothing is in it.
    [[nodiscard]] bool empty() const;
    void append_input(std::string& to, std::size_t most) const;
  };

  Part& part() { return reading_ ? now_ : gap_; }
  [[nodiscard]] bool passes() const { return reading_ ? streaming_ : !any_; }
  void limit();
  void give(Part& part);
  void give_kept();
  void part_documents();
  void decide();
  void drop_now();
  void drop_kept();
  [[nodiscard]] bool revises();

  Sink& next_;
  Part kept_;  ///< a complete document that may yet go
  Part gap_;   ///< what stands behind it
  Part now_;   ///< the document that is being read
  Tape before_;
  Tape after_;
  std::uint64_t input_ = 0;     ///< how far
  std::uint64_t inserted_ = 0;  ///< so many of the next bytes are not of the input
  std::uint64_t given_ = 0;     ///< bytes of output
  std::size_t documents_ = 0;   ///< that were given
  bool any_ = false;            ///< a document began
  bool reading_ = false;
  bool streaming_ = false;  ///< it is too long to be held
  bool record_ = false;     ///< a line feed alone stands before it
  bool holds_ = false;      ///< there is a `kept_`
  bool several_ = false;    ///< the taker knows of two documents
};

}  // namespace gird::json
