// What follows when the store of a guard fails.
#pragma once

#include <memory>
#include <optional>

#include "shared/call.hpp"
#include "shared/store_rows.hpp"
#include "shared/story.hpp"
#include "store/store.hpp"

namespace gird {

/// The store of a guard, or why there is none.
using OpenedStore = Result<store::Store*>;

/// `opened` as a guard takes it. Fault::usage, value-store: the address itself is wrong.
Result<OpenedStore> usable(const Result<std::unique_ptr<store::Store>>& opened);

/// Tells the failure; why the command is not run for it, if it is not. `guard` is what it runs
/// without: "breaker", "limit".
std::optional<Stop> without_store(const Error& error, std::string_view guard, OnStoreError what,
                                  Exit refusal, const Story& story, World& world);

/// Tells that how a call ended could not be noted, which changes nothing for the caller.
void tell_uncounted(const Error& error, const Story& story, World& world);

}  // namespace gird
