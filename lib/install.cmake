# What other projects may use: the thinkers as archives with their headers, for CMake and pkg-config.
#
#   find_package(gird COMPONENTS json)      gird::json, #include "gird/json/repairer.hpp"
#   pkg-config --cflags --libs gird-json

set(headers_dir ${CMAKE_BINARY_DIR}/include)
set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/gird)

# gird_public(LAYER [HEADER...]): installs the layer with these headers, or all it has. Inside of the
# project a header is "json/repairer.hpp"; installed, it is "gird/json/repairer.hpp", also where
# another one includes it, so that no other project's folder of that name is met.
function(gird_public layer)
  set(headers ${ARGN})
  set(copies "")
  list(TRANSFORM headers APPEND .hpp)
  if(NOT headers)
    file(GLOB headers CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/lib/${layer}
      ${CMAKE_SOURCE_DIR}/lib/${layer}/*.hpp)
  endif()
  foreach(header IN LISTS headers)
    set(source ${CMAKE_SOURCE_DIR}/lib/${layer}/${header})
    set(copy ${headers_dir}/gird/${layer}/${header})
    add_custom_command(OUTPUT ${copy}
      COMMAND sed "s|^#include \"|&gird/|" ${source} > ${copy} DEPENDS ${source} VERBATIM)
    list(APPEND copies ${copy})
  endforeach()
  file(MAKE_DIRECTORY ${headers_dir}/gird/${layer})
  add_custom_target(headers-${layer} ALL DEPENDS ${copies})
  install(FILES ${copies} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/gird/${layer}
    COMPONENT development)
  install(TARGETS gird_${layer} EXPORT gird-${layer}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
  install(EXPORT gird-${layer} NAMESPACE gird:: FILE gird-${layer}.cmake
    DESTINATION ${config_dir} COMPONENT development)
endfunction()

gird_public(base)
gird_public(text)
gird_public(policy)
# The repairer, and lines and columns for the offsets that it tells.
gird_public(json decoder kind locator repair repairer settings sink)

include(CMakePackageConfigHelpers)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/girdConfig.cmake.in
  ${CMAKE_BINARY_DIR}/girdConfig.cmake INSTALL_DESTINATION ${config_dir})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/girdConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/girdConfig.cmake ${CMAKE_BINARY_DIR}/girdConfigVersion.cmake
  DESTINATION ${config_dir} COMPONENT development)

# Found from where it stands, so that a tree may be moved, and installed with another --prefix.
file(RELATIVE_PATH pc_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
file(RELATIVE_PATH pc_include ${CMAKE_INSTALL_PREFIX} ${CMAKE_INSTALL_FULL_INCLUDEDIR})
file(RELATIVE_PATH pc_lib ${CMAKE_INSTALL_PREFIX} ${CMAKE_INSTALL_FULL_LIBDIR})
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/gird-json.pc @ONLY CONTENT [=[
prefix=${pcfiledir}/@pc_prefix@
includedir=${prefix}/@pc_include@
libdir=${prefix}/@pc_lib@

Name: gird-json
Description: repairs almost-JSON, whole or as a stream (C++23)
Version: @PROJECT_VERSION@
Cflags: -I${includedir}
Libs: -L${libdir} -lgird-json -lgird-base
]=])
install(FILES ${CMAKE_BINARY_DIR}/gird-json.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  COMPONENT development)

install(DIRECTORY ${CMAKE_SOURCE_DIR}/examples/json-library
  DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libgird-dev/examples COMPONENT development)
