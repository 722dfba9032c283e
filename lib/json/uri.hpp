// References between documents. Source: RFC 3986, section 5.
#pragma once

#include <string>
#include <string_view>

namespace gird::json {

struct SplitUri {
  std::string_view address;   ///< without the fragment and its `#`
  std::string_view fragment;  ///< still percent-encoded
};

SplitUri split_fragment(std::string_view uri);
/// `reference` as seen from `base`; both without a fragment.
std::string resolved_uri(std::string_view base, std::string_view reference);
/// `%41` is `A`; what is no escape stays.
std::string percent_decoded(std::string_view text);

}  // namespace gird::json
