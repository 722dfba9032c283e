// The judges of the types, by family.
#pragma once

#include "text/value_type.hpp"

namespace gird::text {

NotOne not_int(std::string_view text, const TypeDetail& detail);
NotOne not_float(std::string_view text, const TypeDetail& detail);
NotOne not_bool(std::string_view text, const TypeDetail& detail);
Result<TypeDetail> read_whole_range(std::string_view detail);
Result<TypeDetail> read_range(std::string_view detail);

NotOne not_date(std::string_view text, const TypeDetail& detail);
NotOne not_datetime(std::string_view text, const TypeDetail& detail);

NotOne not_ip(std::string_view text, const TypeDetail& detail);
NotOne not_ipv4(std::string_view text, const TypeDetail& detail);
NotOne not_ipv6(std::string_view text, const TypeDetail& detail);
NotOne not_cidr(std::string_view text, const TypeDetail& detail);
NotOne not_hostname(std::string_view text, const TypeDetail& detail);
NotOne not_email(std::string_view text, const TypeDetail& detail);
NotOne not_url(std::string_view text, const TypeDetail& detail);
Result<TypeDetail> read_schemes(std::string_view detail);

NotOne not_identifier(std::string_view text, const TypeDetail& detail);
NotOne not_filename(std::string_view text, const TypeDetail& detail);
NotOne not_uuid(std::string_view text, const TypeDetail& detail);
NotOne not_semver(std::string_view text, const TypeDetail& detail);
NotOne not_word_of(std::string_view text, const TypeDetail& detail);
NotOne not_matching(std::string_view text, const TypeDetail& detail);
Result<TypeDetail> read_words(std::string_view detail);
Result<TypeDetail> read_pattern(std::string_view detail);

}  // namespace gird::text
