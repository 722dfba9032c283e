// The bytes of a cell: cut at every length, changed at every byte, written by others.
#include "store/block.hpp"

#include <boost/test/unit_test.hpp>
#include <cstddef>

#include "store/checksum.hpp"
#include "unit/store/files.hpp"

namespace gird::store {
namespace {

/// A cell with three steps and four lines in its journal, as bytes.
struct Bytes : Files {
  std::string good;
  Bytes() {
    for (int i = 0; i < 3; ++i) ask();
    for (int i = 0; i < 4; ++i) ask(What::note, i);
    good = sys::text_of(path());
  }
  /// In place: file systems flush what was emptied before, and there are thousands to come.
  void put(std::string_view bytes) const {
    const sys::Fd file(::open(path().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    BOOST_REQUIRE(sys::write_all(file.get(), bytes) == 0);
    BOOST_REQUIRE(::ftruncate(file.get(), static_cast<off_t>(bytes.size())) == 0);
  }
  [[nodiscard]] Block block() const {
    Block block;
    std::memcpy(&block, good.data(), sizeof block);
    return block;
  }
  void put(const Block& block) const { put({reinterpret_cast<const char*>(&block), sizeof block}); }
  [[nodiscard]] bool set_aside() const {
    return ::access((path() + ".corrupt").c_str(), F_OK) == 0;
  }
  /// Whatever the bytes are, a step works, and what it makes is a good cell.
  std::int64_t recover() {
    ::unlink((path() + ".corrupt").c_str());
    FileStore fresh(directory);
    const auto first = fresh.step<Counter>("key", nullptr, {What::note}, none);
    BOOST_REQUIRE_MESSAGE(first.has_value(), first.error().what + ": " + first.error().why);
    BOOST_TEST_REQUIRE(fresh.complaints().size() == (set_aside() ? 1U : 0U));
    const auto look = fresh.look<Counter>("key");
    BOOST_REQUIRE(look.has_value());
    BOOST_REQUIRE(look->has_value());
    BOOST_TEST_REQUIRE((*look)->state.count == first->count);
    BOOST_TEST_REQUIRE((*look)->journal.size() >= 1U);
    BOOST_TEST_REQUIRE((*look)->journal.size() <= 5U);
    return first->count;
  }
};

BOOST_FIXTURE_TEST_SUITE(block, Bytes)

BOOST_AUTO_TEST_CASE(is_recovered_from_every_length) {
  for (std::size_t length = 0; length <= good.size(); ++length) {
    BOOST_TEST_CONTEXT("length " << length) {
      put(good.substr(0, length));
      const std::int64_t count = recover();
      BOOST_TEST_REQUIRE((count == 0 || count == 3));
      // With both slots there nothing is lost; with nothing there, nothing was.
      if (length >= offsetof(Block, journal)) BOOST_TEST_REQUIRE(count == 3);
      if (length == 0) BOOST_TEST_REQUIRE(!set_aside());
      struct stat info{};
      BOOST_REQUIRE(::stat(path().c_str(), &info) == 0);
      BOOST_TEST_REQUIRE(info.st_size == 4096);
    }
  }
}

BOOST_AUTO_TEST_CASE(is_recovered_from_every_changed_byte) {
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const int pattern : {0x01, 0x80, 0xff, 0x55}) {
      BOOST_TEST_CONTEXT("byte " << at << " pattern " << pattern) {
        std::string bytes = good;
        bytes[at] = static_cast<char>(bytes[at] ^ pattern);
        put(bytes);
        // The count was last changed four steps ago, so either slot has it.
        BOOST_TEST_REQUIRE(recover() == 3);
        BOOST_TEST_REQUIRE(!set_aside());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(loses_no_more_than_the_last_step_when_its_write_was_cut_short) {
  const std::string before = good;
  ask();
  const std::string after = sys::text_of(path());
  std::size_t first = 0;
  while (before[first] == after[first]) ++first;
  std::size_t last = before.size();
  while (before[last - 1] == after[last - 1]) --last;
  BOOST_TEST(last - first < sizeof(Slot));
  for (std::size_t cut = first; cut <= last; ++cut) {
    put(after.substr(0, cut) + before.substr(cut));
    const std::int64_t count = recover();
    BOOST_TEST_REQUIRE(count == (cut == last ? 4 : 3), "cut at " << cut);
    BOOST_TEST_REQUIRE(!set_aside());
  }
}

BOOST_AUTO_TEST_CASE(that_is_something_else_is_set_aside) {
  for (const std::string& bytes :
       {std::string("[section]\nkey = 1\n"), std::string(4096, 'x'), std::string(100'000, '\xff'),
        std::string(1, '\0') + std::string(4095, '\1')}) {
    put(bytes);
    BOOST_TEST(recover() == 0);
    BOOST_TEST(set_aside());
    BOOST_TEST((sys::text_of(path() + ".corrupt") == bytes));
  }
}

BOOST_AUTO_TEST_CASE(that_nobody_has_written_yet_is_made) {
  for (const std::size_t length : {0, 1, 16, 4095, 4096, 5000}) {
    put(std::string(length, '\0'));
    BOOST_TEST(recover() == 0);
    BOOST_TEST(!set_aside());
  }
}

struct Other : Counter {
  static constexpr std::string_view name = "other";
};

BOOST_AUTO_TEST_CASE(of_another_machine_is_not_taken_for_ones_own) {
  BOOST_REQUIRE(store.step<Other>("key", nullptr, {}, none).has_value());
  std::filesystem::copy_file(directory + "/other/key.cell", path(),
                             std::filesystem::copy_options::overwrite_existing);
  BOOST_TEST(recover() == 0);
  BOOST_TEST(set_aside());
}

BOOST_AUTO_TEST_CASE(of_a_newer_format_is_left_alone) {
  Block newer = block();
  newer.header.format = 2;
  newer.header.check =
      static_cast<std::uint32_t>(checksum(std::as_bytes(std::span(&newer.header, 1)).first(8), 0));
  put(newer);
  const std::string before = sys::text_of(path());
  BOOST_TEST(try_ask().error().code == "store-newer");
  BOOST_TEST(store.look<Counter>("key").error().code == "store-newer");
  BOOST_TEST(store.remove(kind_of<Counter>(), "key", {}).error().code == "store-newer");
  BOOST_TEST((sys::text_of(path()) == before));
}

struct Newer : Counter {
  static constexpr std::uint32_t version = 4;
  struct State : Counter::State {
    std::array<std::int64_t, 9> more = {};
  };
  static Answer step(State& state, const Config& config, const Ask& ask, policy::Micros now) {
    return Counter::step(state, config, ask, now);
  }
  static void mend(State&, const Config&, policy::Micros) {}
};

BOOST_AUTO_TEST_CASE(of_a_newer_machine_is_left_alone) {
  BOOST_REQUIRE(::unlink(path().c_str()) == 0);
  FileStore other(directory);
  BOOST_REQUIRE(other.step<Newer>("key", nullptr, {}, none).has_value());
  const std::string before = sys::text_of(path());
  const auto error = try_ask().error();
  BOOST_TEST(error.code == "store-newer");
  BOOST_TEST(error.what == "open " + path());
  BOOST_TEST((sys::text_of(path()) == before));
}

BOOST_AUTO_TEST_CASE(of_an_older_machine_is_set_aside) {
  FileStore other(directory);
  BOOST_TEST(other.step<Newer>("key", nullptr, {}, none).value().count == 1);
  BOOST_TEST(set_aside());
  BOOST_REQUIRE(other.complaints().size() == 1);
  BOOST_TEST((sys::text_of(path() + ".corrupt") == good));
}

BOOST_AUTO_TEST_CASE(that_was_forged_is_mended) {
  Block forged = block();
  for (Slot& slot : forged.slots) {
    static_cast<Counter::State*>(slot.state(kind_of<Counter>()))->count = -5;
    seal(kind_of<Counter>(), slot);
  }
  put(forged);
  BOOST_TEST(look().state.count == 0);
  BOOST_TEST(ask().count == 1);
  BOOST_TEST(look().state.mended == 1);
  ask();
  BOOST_TEST(look().state.mended == 1);
}

BOOST_AUTO_TEST_CASE(with_numbers_that_cannot_be_is_set_aside) {
  const std::vector<void (*)(Slot&)> forgeries{
      [](Slot& slot) { slot.seats = Counter::most_holders + 1; },
      [](Slot& slot) { slot.now = INT64_MAX; },
      [](Slot& slot) { slot.now = -1; },
      [](Slot& slot) { slot.sequence = UINT64_MAX - 1; },
  };
  for (const auto forge : forgeries) {
    Block forged = block();
    for (Slot& slot : forged.slots) {
      forge(slot);
      seal(kind_of<Counter>(), slot);
    }
    put(forged);
    BOOST_TEST(recover() == 0);
    BOOST_TEST(set_aside());
  }
}

BOOST_AUTO_TEST_CASE(has_lines_that_know_their_number) {
  const Entry entry{Time(std::chrono::milliseconds(1'700'000'000'123)),
                    {policy::Event::late, policy::Cause::budget, 0.1}};
  const Line line = line_of(70, entry);
  BOOST_TEST(!entry_of(6, line).has_value());
  const Entry read = entry_of(70, line).value();
  BOOST_TEST((read.time == entry.time));
  BOOST_TEST((read.note.event == entry.note.event && read.note.cause == entry.note.cause));
  BOOST_TEST(read.note.value == 0.1);
}

BOOST_AUTO_TEST_CASE(has_checksums_that_notice_every_changed_word) {
  std::array<std::byte, 83> bytes{};
  const std::uint64_t sum = checksum(bytes, 1);
  for (std::byte& each : bytes) {
    for (int value = 1; value < 256; ++value) {
      each = static_cast<std::byte>(value);
      BOOST_REQUIRE(checksum(bytes, 1) != sum);
    }
    each = {};
  }
  BOOST_TEST(checksum(bytes, 2) != sum);
  BOOST_TEST(checksum(std::span(bytes).first(82), 1) != sum);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::store
