# gird_layer and gird_pkg: a layer of lib/ as a library, and a pkg-config package as a target.

add_library(gird_flags INTERFACE)
target_compile_options(gird_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  -ffunction-sections -fdata-sections -fstack-protector-strong
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.
  # A fused multiplication rounds once where Lua rounds twice: shared policies must agree to the bit.
  -ffp-contract=off
  # Plain -Wshadow calls an enumerator of a scoped enumeration the shadow of a constant outside.
  $<$<CXX_COMPILER_ID:GNU>:-Wshadow=compatible-local>
  # GCC 12 warns of overlapping copies inside std::string's own operator+ (GCC bug 105329).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
if(GIRD_WERROR)
  target_compile_options(gird_flags INTERFACE -Werror)
endif()
target_compile_definitions(gird_flags INTERFACE
  $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
# What a start costs is pages of code and data touched for the first time, 2 to 5 us each. -Os halves
# the code; a layer that crunches bytes says so (FAST) and is compiled for speed.
target_compile_options(gird_flags INTERFACE
  $<$<CONFIG:Release>:$<IF:$<BOOL:$<TARGET_PROPERTY:GIRD_FAST>>,-O2,-Os>>)

# gird_layer(NAME [FAST] [USES layer...] [PRIVATE package-target...])
function(gird_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 layer "FAST" "" "USES;PRIVATE")
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/${name}/*.cpp)
  add_library(gird_${name} STATIC ${sources})
  add_library(gird::${name} ALIAS gird_${name})
  target_include_directories(gird_${name} PUBLIC
    $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/lib> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_features(gird_${name} PUBLIC cxx_std_23)
  foreach(used IN LISTS layer_USES)
    target_link_libraries(gird_${name} PUBLIC gird_${used})
  endforeach()
  target_link_libraries(gird_${name} PRIVATE $<BUILD_INTERFACE:gird_flags>)
  foreach(package IN LISTS layer_PRIVATE)
    # Headers of packages are not ours to be warned about.
    target_link_libraries(gird_${name} PRIVATE $<BUILD_INTERFACE:${package}>)
  endforeach()
  set_target_properties(gird_${name} PROPERTIES EXPORT_NAME ${name} OUTPUT_NAME gird-${name}
    GIRD_FAST "${layer_FAST}")
endfunction()

# gird_pkg(NAME): PkgConfig::NAME, as a static archive where the programs are linked statically.
function(gird_pkg name)
  if(GIRD_STATIC)
    set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
    pkg_check_modules(${name} REQUIRED IMPORTED_TARGET GLOBAL ${name})
  else()
    pkg_check_modules(${name} REQUIRED IMPORTED_TARGET GLOBAL ${name})
  endif()
endfunction()

# gird_cli11(): CLI11's headers without the ready-made validators, eight objects that would be
# constructed at every start of the program. The copies are made while configuring.
function(gird_cli11)
  get_target_property(folders CLI11::CLI11 INTERFACE_INCLUDE_DIRECTORIES)
  find_path(cli11_folder CLI/Validators.hpp PATHS ${folders} REQUIRED)
  file(GLOB headers ${cli11_folder}/CLI/*.hpp)
  foreach(header IN LISTS headers)
    file(READ ${header} text)
    cmake_path(GET header FILENAME name)
    string(REGEX REPLACE
      "\nconst (detail::[A-Za-z0-9]+|TypeValidator<double>|Range) [A-Za-z0-9]+(\\([^\n]*\\))?\\;" "\n"
      text "${text}")
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/cli11/CLI/${name} CONTENT "${text}" @ONLY)
  endforeach()
  add_library(gird_cli11 INTERFACE)
  target_include_directories(gird_cli11 SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/cli11)
endfunction()
