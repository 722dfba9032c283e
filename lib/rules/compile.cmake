# gird_rules(OUTPUT FILE...): writes OUTPUT, a source with the rules of the files, by a program that
# the build makes first.
function(gird_rules output)
  add_executable(gird-rules ${CMAKE_SOURCE_DIR}/lib/rules/compile/main.cpp)
  target_link_libraries(gird-rules PRIVATE gird::rules gird_flags)
  add_custom_command(OUTPUT ${output}
    COMMAND gird-rules ${output} ${ARGN}
    DEPENDS gird-rules ${ARGN}
    COMMENT "Compiling rules" VERBATIM)
endfunction()
