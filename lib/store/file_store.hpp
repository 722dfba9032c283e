// Cells in files of 4 KiB.
#pragma once

#include "store/cell_clock.hpp"
#include "store/cell_file.hpp"
#include "store/folder.hpp"

namespace gird::store {

/// A file per cell. What processes do to it at once is put in order by locks of the kernel, which
/// frees them, and with them the holds, the moment a process dies. A step on a file that is open
/// already takes five system calls. Nothing is synchronised to the disk: a crash of the machine may
/// lose the last steps; a process that is killed loses none but its own.
class FileStore final : public Store {
 public:
  /// How a test brings its own clock and patience.
  struct Settings {
    Moment (*clock)() = present;
    Duration patience = std::chrono::milliseconds(250);  ///< for the lock of a cell
  };

  explicit FileStore(std::string directory);
  FileStore(std::string directory, Settings settings);

  Result<std::vector<std::string>> keys(const Kind& kind) override;
  Result<bool> remove(const Kind& kind, std::string_view key, Duration idle) override;
  Result<std::unique_ptr<Changes>> changes(const Kind& kind, std::string_view key) override;
  std::vector<std::string> complaints() override { return std::exchange(complaints_, {}); }

 protected:
  Result<void> step_raw(const Kind& kind, std::string_view key, const void* config, const void* ask,
                        void* answer, Hold& hold) override;
  Result<std::optional<RawLook>> look_raw(const Kind& kind, std::string_view key) override;

 private:
  struct Open {
    std::string_view kind;
    std::string key;
    std::shared_ptr<CellFile> file;
  };
  struct Step;

  Result<const Folder*> made_folder(const Kind& kind);
  Result<const Folder*> found_folder(const Kind& kind);
  Result<std::shared_ptr<CellFile>> open_cell(const Kind& kind, std::string_view key);
  Result<bool> try_step(const Step& step);
  Result<void> make_room(const Step& step, Condition condition);
  Result<void> play(const Step& step, Finding finding);
  Result<void> write(const Step& step, const std::vector<policy::Note>& notes, Slot& slot,
                     policy::Micros wall);
  Result<void> set_aside(const Step& step, Condition condition);
  bool lasts(const Kind& kind, Slot& slot) const;
  Result<Slot*> newest_slot(const Kind& kind, int file, const std::string& path);

  std::string directory_;
  uid_t user_;
  Settings settings_;
  std::vector<std::pair<std::string_view, Folder>> folders_;  ///< by Kind::name
  std::vector<Open> files_;
  std::vector<std::string> complaints_;
  Block block_;  ///< what was read last; here because it is large
  bool give_way_ = false;
};

}  // namespace gird::store
