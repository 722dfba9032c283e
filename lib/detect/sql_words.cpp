#include "detect/sql_words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "detect/bytes.hpp"

namespace gird::detect::sql {
namespace {

struct Entry {
  std::string_view name;
  Word word;
};

struct Row {
  Word word;
  std::string_view names;
};

// From the lists of reserved words and functions of MySQL 8, PostgreSQL 17, SQL Server 2022,
// Oracle 23, SQLite 3, DB2, HSQLDB and Firebird.
constexpr std::array rows = {
    Row{Word::logic, "and or xor"},
    Row{Word::negation, "not"},
    Row{Word::constant, "null true false"},
    Row{Word::compare, "like ilike rlike regexp glob is in between similar"},
    Row{Word::operation, "div mod collate"},
    Row{Word::exists, "exists"},
    Row{Word::unite, "union intersect except minus"},
    Row{Word::all, "all distinct distinctrow any some"},
    Row{Word::select, "select"},
    Row{Word::from, "from"},
    Row{Word::where, "where"},
    Row{Word::having, "having"},
    Row{Word::group, "group"},
    Row{Word::order, "order"},
    Row{Word::by, "by"},
    Row{Word::limit, "limit"},
    Row{Word::as, "as"},
    Row{Word::into, "into"},
    Row{Word::values, "values"},
    Row{Word::top, "top"},
    Row{Word::insert, "insert"},
    Row{Word::update, "update"},
    Row{Word::remove, "delete"},
    Row{Word::set, "set"},
    Row{Word::drop, "drop create alter truncate backup restore"},
    Row{Word::object,
        "table tables databases view function trigger index schema login column "
        "columns role sequence warnings variables grants or temporary unique extension"},
    Row{Word::exec, "exec execute prepare"},
    Row{Word::declare, "declare"},
    Row{Word::immediate, "immediate"},
    Row{Word::waitfor, "waitfor"},
    Row{Word::delay, "delay"},
    Row{Word::shutdown, "shutdown"},
    Row{Word::call, "call"},
    Row{Word::begin, "begin"},
    Row{Word::test, "if iif"},
    Row{Word::choice, "case"},
    Row{Word::when, "when on"},
    Row{Word::show, "show"},
    Row{Word::handler, "handler"},
    Row{Word::read, "open read"},
    Row{Word::desc, "desc describe"},
    Row{Word::load, "load"},
    Row{Word::data, "data"},
    Row{Word::infile, "infile"},
    Row{Word::outfile, "outfile dumpfile"},
    Row{Word::procedure, "procedure"},
    Row{Word::analyse, "analyse"},
    Row{Word::merge, "merge"},
    Row{Word::copy, "copy"},
    Row{Word::grant, "grant revoke"},
    Row{Word::bulk, "bulk"},
    Row{Word::rename, "rename"},
    Row{Word::attach, "attach"},
    Row{Word::use, "use"},
    Row{Word::array, "array row"},
    Row{Word::time_call,
        "benchmark pg_sleep pg_sleep_for receive_message sleep_until user_lock dbms_lock "
        "dbms_session get_lock"},
    Row{Word::plain_sleep, "sleep"},
    Row{Word::file_call,
        "load_file pg_read_file pg_ls_dir pg_read_binary_file lo_import lo_export lo_get lo_put "
        "lo_from_bytea openrowset opendatasource openquery utl_file utl_http httpuritype sys_eval "
        "sys_exec load_extension dbms_java dbms_ldap dbms_xmlgen query_to_xml database_to_xml "
        "table_to_xml fn_virtualfilestats dbms_xslprocessor"},
    Row{Word::error_call,
        "extractvalue updatexml utl_inaddr get_host_address get_host_name drithsx name_const "
        "xmltype gtid_subset gtid_subtract geometrycollection multipoint multipolygon "
        "multilinestring linestring json_keys st_latfromgeohash st_longfromgeohash "
        "st_pointfromgeohash make_set elt export_set procedure_analyse ctxsys"},
    Row{Word::char_call, "char chr nchar unichar ascii_char"},
    Row{Word::concat_call, "concat concat_ws group_concat string_agg array_agg listagg wm_concat"},
    Row{Word::info_call,
        "version database user system_user session_user current_user current_database "
        "current_schema current_setting user_name suser_name suser_sname db_name host_name "
        "object_id object_name schema_name col_name col_length connection_id last_insert_id "
        "sqlite_version serverproperty is_srvrolemember is_member has_dbaccess inet_server_addr "
        "current_role pg_client_encoding getpgusername hb_version databasepropertyex type_name"},
    Row{Word::text_call,
        "substring substr substring_index mid ascii ord unhex hex char_length character_length "
        "octet_length bit_length instr locate lpad rpad conv aes_decrypt aes_encrypt des_encrypt "
        "des_decrypt to_base64 from_base64 strcmp soundex regexp_substring regexp_substr "
        "regexp_like regexp_instr regexp_replace unistr rawtohex utl_raw starts_with overlay "
        "position find_in_set quote to_char to_number to_date xmlagg xmlrow xmlelement"},
    Row{Word::any_call,
        "ifnull nullif nvl nvl2 coalesce isnull decode greatest least interval row_count "
        "json_extract json_search json_array json_object json_depth json_valid json_length "
        "json_contains json_type json_value json_query json_unquote json_each json_tree "
        "uncompress uncompressed_length compress crypt_key like unlikely likely likelihood "
        "pg_backend_pid curtime curdate utc_date unix_timestamp from_unixtime sysdate getdate "
        "current_date current_timestamp inet_aton inet_ntoa uuid_short bit_and bit_or bit_xor "
        "bit_count truncate crc32 sha1 sha2 old_password encrypt period_add to_days makedate "
        "varcharmax convert_tz field insert_id stddev variance total_changes zeroblob typeof "
        "instrb rowtocol string_to_array unnset unnest json_group_array dcount dlookup crypt "
        "date_add date_sub dayofmonth dayname adddate subdate last_day maketime extract "
        "microsecond radians degrees glob password"},
    Row{Word::common_call,
        "cast convert count sum min max avg rand random floor ceiling ceil round abs exp log ln "
        "sqrt sin cos tan power pow pi sign length len left right trim ltrim rtrim upper lower "
        "ucase lcase reverse repeat space replace concatenate md5 sha now time date year month day "
        "hour minute second default values format bin oct table first last changes name "
        "cot degrees log2 log10 acos asin atan atan2"},
    Row{Word::heavy_call, "randomblob generate_series"},
    Row{Word::type,
        "int integer text varchar nvarchar char bool boolean json jsonb numeric decimal bigint "
        "smallint float double bytea regclass xml date signed unsigned binary varbinary sysname"},
    Row{Word::catalogue,
        "sysobjects syscolumns sysusers sysdatabases syslogins sysxlogins sysmessages sysprocesses "
        "sqlite_master sqlite_schema sqlite_temp_master all_tables all_tab_columns all_users "
        "user_tables user_tab_columns dba_users dba_tables dba_role_privs dba_sys_privs "
        "user_objects all_objects v$version v$instance v$database rdb$database rdb$relations "
        "rdb$fields rdb$types rdb$collations rdb$functions msysobjects msysaces msysqueries "
        "msysrelationships systables syscat pg_shadow pg_user pg_tables pg_class pg_database "
        "pg_roles pg_authid sysdummy1 dual syscolumn sysschemata schemata"},
    Row{Word::schema, "information_schema pg_catalog sysibm master mysql sys msdb syscat"},
    Row{Word::stored,
        "xp_cmdshell xp_regread xp_regwrite xp_regdeletekey xp_regdeletevalue xp_regenumkeys "
        "xp_regenumvalues xp_regaddmultistring xp_dirtree xp_fileexist xp_subdirs "
        "xp_availablemedia "
        "xp_enumdsn xp_loginconfig xp_makecab xp_ntsec_enumdomains xp_terminate_process "
        "xp_servicecontrol xp_getfiledetails xp_msver sp_configure sp_password sp_addlogin "
        "sp_addsrvrolemember sp_addextendedproc sp_oacreate sp_oamethod sp_executesql "
        "sp_makewebtask "
        "sp_helpdb sp_help sp_who sp_sqlexec sp_addrole sp_adduser sp_prepare sp_execute "
        "sp_start_job sp_add_job sp_add_jobstep sp_addlinkedserver sp_sys_protoop"},
};

constexpr std::size_t words_in(std::string_view names) {
  return static_cast<std::size_t>(std::ranges::count(names, ' ')) + 1;
}

constexpr std::size_t entries_in_rows() {
  std::size_t count = 0;
  for (const Row& row : rows) count += words_in(row.names);
  return count;
}

using Table = std::array<Entry, entries_in_rows()>;

constexpr Table entries() {
  Table table{};
  std::size_t count = 0;
  for (const Row& row : rows) {
    for (std::string_view rest = row.names; !rest.empty();) {
      const std::size_t length = std::min(rest.find(' '), rest.size());
      table.at(count++) = {part(rest, 0, length), row.word};
      rest.remove_prefix(std::min(length + 1, rest.size()));
    }
  }
  return table;
}

constexpr std::size_t slots = 2048;
constexpr std::size_t longest = 24;

constexpr std::size_t hash_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return (hash ^ hash >> 15U) % slots;
}

constexpr Table all = entries();

/// Open addressing; 0 is free, else the number of an entry and one. Where a name stands in two
/// rows the first is kept.
constexpr std::array<std::uint16_t, slots> table_of_slots() {
  std::array<std::uint16_t, slots> table{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t slot = hash_of(all.at(i).name);
    while (table.at(slot) != 0 && all.at(table.at(slot) - 1U).name != all.at(i).name) {
      slot = (slot + 1) % slots;
    }
    if (table.at(slot) == 0) table.at(slot) = static_cast<std::uint16_t>(i + 1);
  }
  return table;
}

constexpr std::array<std::uint16_t, slots> slot_table = table_of_slots();

constexpr std::size_t head_of(std::string_view name) {
  return (static_cast<unsigned char>(name[0]) & 31U) << 5U |
         (static_cast<unsigned char>(name[1]) & 31U);
}

/// For each pair of first letters, a bit for each length that a word with them has: nearly all
/// words of prose are told by this.
constexpr std::array<std::uint32_t, 1024> lengths_by_head() {
  std::array<std::uint32_t, 1024> lengths{};
  for (const Entry& entry : all) lengths.at(head_of(entry.name)) |= 1U << entry.name.size();
  return lengths;
}

constexpr std::array<std::uint32_t, 1024> length_table = lengths_by_head();

}  // namespace

Word word_of(std::string_view name) {
  if (name.size() < 2 || name.size() > longest) return Word::none;
  if ((length_table[head_of(name)] >> name.size() & 1U) == 0) return Word::none;
  std::array<char, longest> folded{};
  std::ranges::transform(name, folded.begin(), lower);
  const std::string_view key(folded.data(), name.size());
  for (std::size_t slot = hash_of(key); slot_table[slot] != 0; slot = (slot + 1) % slots) {
    const Entry& entry = all[slot_table[slot] - 1U];
    if (entry.name == key) return entry.word;
  }
  return Word::none;
}

}  // namespace gird::detect::sql
