# What `cmake --install` and the packages hold: the program, the links that name no other program,
# the manual and the completions; and, in a package of its own, what lib/install.cmake adds.

# Names nobody else has. `retry`, `log` and the like belong to other packages or to shells;
# `gird links` makes those on request.
set(unambiguous json-repair probe-health breaker-run sec-audit rate-limit)
set(links "")
foreach(name IN LISTS GIRD_COMMANDS)
  if(name IN_LIST unambiguous)
    list(APPEND links ${name})
  endif()
endforeach()

# Manual pages: gird.1, gird-NAME.1 for each command, and the topics, which say their section.
# The program prints them, so they are made once it is built; they are compressed for the package.
set(man_dir ${CMAKE_BINARY_DIR}/man)
set(pages "")
function(gird_page topic page section)
  add_custom_command(OUTPUT ${man_dir}/${page}.${section} ${man_dir}/${page}.${section}.gz
    COMMAND ${CMAKE_COMMAND} -E make_directory ${man_dir}
    COMMAND $<TARGET_FILE:gird> help ${topic} --format roff > ${man_dir}/${page}.${section}
    COMMAND gzip -9nkf ${man_dir}/${page}.${section}
    DEPENDS gird VERBATIM)
  set(pages ${pages} ${man_dir}/${page}.${section}.gz PARENT_SCOPE)
  install(FILES ${man_dir}/${page}.${section}.gz
    DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section} COMPONENT programs)
endfunction()

install(FILES ${CMAKE_SOURCE_DIR}/man/gird-events.schema.json
  DESTINATION ${CMAKE_INSTALL_DATADIR}/gird COMPONENT programs)

foreach(name IN LISTS GIRD_COMMANDS)
  gird_page(${name} gird-${name} 1)
endforeach()
foreach(topic IN LISTS GIRD_TOPICS)
  if(topic MATCHES "^(.*)\\.([1-8])$")
    gird_page(${topic} ${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
  else()
    gird_page(${topic} ${topic} 1)
  endif()
endforeach()

# Completions, in the folders that Debian's shells read.
set(completions_dir ${CMAKE_BINARY_DIR}/completions)
set(scripts "")
function(gird_completion shell file destination)
  add_custom_command(OUTPUT ${completions_dir}/${file}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${completions_dir}
    COMMAND $<TARGET_FILE:gird> completions ${shell} > ${completions_dir}/${file}
    DEPENDS gird VERBATIM)
  set(scripts ${scripts} ${completions_dir}/${file} PARENT_SCOPE)
  install(FILES ${completions_dir}/${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/${destination}
    COMPONENT programs)
endfunction()

set(GIRD_ZSH_FOLDER zsh/vendor-completions CACHE STRING
  "where zsh finds completions, below share (zsh/site-functions where Debian is not)")
gird_completion(bash gird bash-completion/completions)
gird_completion(zsh _gird ${GIRD_ZSH_FOLDER})
gird_completion(fish gird.fish fish/vendor_completions.d)

add_custom_target(pages ALL DEPENDS ${pages} ${scripts})

install(TARGETS gird RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT programs)
# Where gird looks for it: ../libexec/gird beside its own folder.
install(TARGETS gird-net RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/gird COMPONENT programs)

# bash and fish look a script up by the name of the program, so each link needs one of its own.
set(links_dir ${CMAKE_BINARY_DIR}/links)
function(gird_link target name destination)
  file(MAKE_DIRECTORY ${links_dir}/${destination})
  file(CREATE_LINK ${target} ${links_dir}/${destination}/${name} SYMBOLIC)
  install(FILES ${links_dir}/${destination}/${name} DESTINATION ${destination} COMPONENT programs)
endfunction()
foreach(link IN LISTS links)
  gird_link(gird ${link} ${CMAKE_INSTALL_BINDIR})
  gird_link(gird-${link}.1.gz ${link}.1.gz ${CMAKE_INSTALL_MANDIR}/man1)
  gird_link(gird ${link} ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  gird_link(gird.fish ${link}.fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endforeach()

# What Debian wants to find in share/doc: the changes of the project and those of its package.
set(doc_dir ${CMAKE_BINARY_DIR}/doc)
file(READ ${CMAKE_SOURCE_DIR}/CHANGELOG.md changes)
file(WRITE ${doc_dir}/changelog "${changes}")
string(REGEX MATCH "\n## ([0-9.]+) - ([0-9-]+)" newest "${changes}")
execute_process(COMMAND env LC_ALL=C date -u -d ${CMAKE_MATCH_2} "+%a, %d %b %Y %H:%M:%S %z"
  OUTPUT_VARIABLE day OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
set(maintainer "gird maintainers <maintainers@gird.invalid>")
file(CONFIGURE OUTPUT ${doc_dir}/changelog.Debian @ONLY CONTENT [=[
gird (@PROJECT_VERSION@-1) unstable; urgency=medium

  * The changes are in changelog.gz.

 -- @maintainer@  @day@
]=])
file(CONFIGURE OUTPUT ${doc_dir}/copyright @ONLY CONTENT [=[
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: gird

Files: *
Copyright: 2026 the gird authors
License: Apache-2.0
 On Debian systems, the full text of the Apache License version 2.0 can be
 found in the file /usr/share/common-licenses/Apache-2.0.
]=])
# It is linked statically on purpose: quick to start, and the same on every host.
file(WRITE ${doc_dir}/overrides
  "gird: shared-library-lacks-prerequisites [usr/bin/gird]\n"
  "gird: statically-linked-binary [usr/bin/gird]\n")
foreach(file changelog changelog.Debian)
  add_custom_command(OUTPUT ${doc_dir}/${file}.gz
    COMMAND gzip -9nkf ${doc_dir}/${file} DEPENDS ${doc_dir}/${file} VERBATIM)
endforeach()
add_custom_target(documents ALL DEPENDS ${doc_dir}/changelog.gz ${doc_dir}/changelog.Debian.gz)
set(documents ${doc_dir}/changelog.gz ${doc_dir}/changelog.Debian.gz ${doc_dir}/copyright)
install(FILES ${documents} DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/gird COMPONENT programs)
install(FILES ${documents} DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libgird-dev
  COMPONENT development)
install(FILES ${doc_dir}/overrides
  DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides RENAME gird COMPONENT programs)

# The packages: gird, and libgird-dev for those who build against it. SOURCE_DATE_EPOCH, where it is
# set, makes two packages of one build the same bytes.
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME gird)
set(CPACK_PACKAGE_CONTACT ${maintainer})
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL programs development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(archive gird-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_ARCHIVE_PROGRAMS_FILE_NAME ${archive})
set(CPACK_ARCHIVE_DEVELOPMENT_FILE_NAME ${archive}-dev)
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_NAME gird)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libgird-dev)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_SHLIBDEPS ON)
# gird::text alone needs it.
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_RECOMMENDS "libre2-dev, pkg-config")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "composable commands that make other commands dependable")
set(CPACK_COMPONENT_PROGRAMS_DESCRIPTION
"gird puts a policy, a filter or an observer in front of any command, in a
pipeline, a cron line, a CI step or a container: one small program with many
commands, nothing to run first, the same exit statuses and events in all.

gird retry runs a command again until it succeeds, with backoff and jitter,
time limits for each attempt and for all of them, rules for what is worth
another try, and output that is passed on whole or not at all.")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
"The parts of gird for C++23 programs, as static libraries with their headers:
a repairer that makes valid JSON of almost-JSON, as one call or as a push
parser, and the policies of the guards (backoff, breakers, limits).")
include(CPack)
