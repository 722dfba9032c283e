// The metaschemas that every schema may refer to.
#pragma once

#include <optional>
#include <string_view>

namespace gird::json {

/// The text of an official metaschema of draft 7 or 2020-12; `uri` has no fragment.
std::optional<std::string_view> official_schema(std::string_view uri);

}  // namespace gird::json
