// The words of SQL that its signs are made of.
#pragma once

#include <cstdint>
#include <string_view>

namespace gird::detect::sql {

/// What a word can do in a statement. Words of one part of the grammar share a value.
enum class Word : std::uint8_t {
  none,
  logic,  ///< and or xor
  negation,
  constant,   ///< null true false
  compare,    ///< like ilike rlike regexp glob is in between
  operation,  ///< div mod collate
  exists,
  unite,  ///< union intersect except minus
  all,    ///< all distinct distinctrow: behind union and select
  select,
  from,
  where,  ///< where having when on: a condition follows
  having,
  group,
  order,
  by,
  limit,
  as,
  into,
  values,
  top,
  insert,
  update,
  remove,
  set,
  drop,    ///< drop create alter truncate: an object follows
  object,  ///< table database view function ...
  exec,
  declare,
  immediate,
  waitfor,
  delay,
  shutdown,
  call,
  begin,
  test,
  choice,
  when,
  show,
  handler,
  read,  ///< open read: behind a handler
  desc,
  load,
  data,
  infile,
  outfile,
  procedure,
  analyse,
  merge,
  copy,
  grant,
  bulk,
  rename,
  attach,
  use,
  array,
  type,         ///< int text numeric ...: behind :: and as
  time_call,    ///< waits: sleep benchmark pg_sleep ...
  plain_sleep,  ///< sleep, which other languages have as well
  file_call,    ///< load_file pg_read_file ...
  error_call,   ///< tells what it was given in its error: extractvalue updatexml ...
  char_call,    ///< char chr nchar
  concat_call,
  info_call,    ///< version database user ...
  text_call,    ///< substring mid ascii ...: takes a value apart
  any_call,     ///< other functions of SQL that other languages lack
  common_call,  ///< functions whose names are words or names of many languages
  heavy_call,   ///< randomblob generate_series
  catalogue,    ///< a table that tells of tables, by a name that nothing else has
  schema,       ///< information_schema pg_catalog mysql master sys ...: a catalogue stands behind
  stored,       ///< xp_cmdshell sp_password ...: stored procedures of a server
};

/// The word that `name` is, whatever its case.
Word word_of(std::string_view name);

}  // namespace gird::detect::sql
