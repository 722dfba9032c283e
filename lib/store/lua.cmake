# gird_lua: writes lua_sources.cpp, the scripts of lib/store/lua as text. A script whose head says
# "Needs a.lua and b.lua." begins with those, in that order. Comments and indentation stay behind: a
# server gets each script once, but the program carries it always.
function(gird_lua output)
  set(parts numbers buckets)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/store/lua/*.lua)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(sources "")
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    if(name IN_LIST parts)
      continue()
    endif()
    file(READ ${file} own)
    set(text "")
    string(REGEX MATCH "Needs [^\n]*" needs "${own}")
    string(REGEX MATCHALL "[a-z]+\\.lua" needs "${needs}")
    foreach(need IN LISTS needs)
      file(READ ${CMAKE_SOURCE_DIR}/lib/store/lua/${need} part)
      string(APPEND text "${part}")
    endforeach()
    string(APPEND text "${own}")
    # A comment ends its line and has a blank before it; no string of ours looks like one.
    string(REGEX REPLACE "(^|\n) *--[^\n]*" "\\1" text "${text}")
    string(REGEX REPLACE " +-- [^\n]*" "" text "${text}")
    string(REGEX REPLACE "\n[ \n]*" "\n" text "${text}")
    string(APPEND sources "    {\"${name}\", R\"~lua~(${text})~lua~\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [=[
// Made by the build from lib/store/lua.
#include "store/script.hpp"

namespace gird::store {
namespace {

struct Source {
  std::string_view name;
  std::string_view text;
};

constexpr Source sources[] = {
@sources@};

}  // namespace

std::string_view lua_source(std::string_view name) {
  for (const Source& source : sources) {
    if (source.name == name) return source.text;
  }
  return {};
}

}  // namespace gird::store
]=])
endfunction()
