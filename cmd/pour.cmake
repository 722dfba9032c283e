# gird_pour: writes commands.cpp, the catalogue of commands with the pages of man/ beside them.
# Written while configuring; editing a page or a completion template configures again.

function(gird_pour output commands topics)
  # Manual pages carry the date of the newest release that CHANGELOG.md has.
  set(changes ${CMAKE_SOURCE_DIR}/CHANGELOG.md)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${changes})
  file(STRINGS ${changes} newest LIMIT_COUNT 1 REGEX "^## [0-9.]+ - [0-9]+-[0-9]+-[0-9]+$")
  if(NOT newest)
    message(FATAL_ERROR "CHANGELOG.md has no heading like '## 0.1.0 - 2026-11-21'")
  endif()
  string(REGEX REPLACE "^.* - " "" date "${newest}")
  set(declarations "")
  set(entries "")
  set(pages "")
  foreach(name IN LISTS commands topics)
    set(file ${CMAKE_SOURCE_DIR}/man/${name}.md)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    # A string literal may not be longer than 65,535 bytes on every compiler, and pages stay below.
    string(APPEND pages "    {\"${name}\", R\"~page~(${text})~page~\"},\n")
  endforeach()
  foreach(shell bash zsh fish)
    set(file ${CMAKE_SOURCE_DIR}/completions/gird.${shell}.in)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(APPEND pages "    {\"completions/${shell}\", R\"~page~(${text})~page~\"},\n")
  endforeach()
  foreach(name IN LISTS commands)
    string(REPLACE "-" "_" symbol ${name})
    string(APPEND declarations "extern const cli::Command ${symbol};\n")
    string(APPEND entries "    &${symbol},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [=[
// Made by the build from cmd/CMakeLists.txt and man/: the commands and their pages.
#include "catalogue.hpp"

namespace gird {

@declarations@
namespace {

constexpr const cli::Command* commands[] = {
@entries@};

constexpr cli::Page pages[] = {
@pages@};

}  // namespace

cli::Catalogue catalogue() { return {commands, pages, "@PROJECT_VERSION@", "@date@"}; }

}  // namespace gird
]=])
endfunction()
