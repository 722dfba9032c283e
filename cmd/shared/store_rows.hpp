// --store and --on-store-error: where shared state is kept, and what follows when it fails.
#pragma once

#include <string>

#include "cli/rows.hpp"

namespace gird {

/// What a guard does when the store of its state cannot be used.
enum class OnStoreError {
  run,     ///< as if there were no guard; one line says so
  refuse,  ///< as if the guard had refused
};

std::span<const Choice<OnStoreError>> choices(OnStoreError);

/// `--store`, as store::open takes it; empty: the state directory.
cli::Row store_row(std::string& address);

cli::Row on_store_error_row(OnStoreError& choice);

}  // namespace gird
