# SPDX-License-Identifier: Apache-2.0
# How host libraries and tests are declared: one line each.
include(cmake/unity.cmake)

# All tests: what a build that only runs them has to make.
add_custom_target(adze_tests)

# adze_host_library(name SOURCES a.cc ... [LIBS x ...]): a static library of build-machine code.
function(adze_host_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/runtime/include)
  # gcc 12 sees uninitialized members in moved-from JSON values where there are none.
  target_compile_options(${name} PRIVATE -Wall -Wextra -Werror -Wno-maybe-uninitialized)
  target_link_libraries(${name} PUBLIC ${ARG_LIBS})
  adze_unity(${name})
endfunction()

# adze_test(name SOURCES a_test.cc ... [LIBS x ...]): a GoogleTest program, one ctest entry.
function(adze_test name)
  if(NOT ADZE_BUILD_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/runtime/include)
  # gcc 12 sees uninitialized members in moved-from JSON values where there are none.
  target_compile_options(${name} PRIVATE -Wall -Wextra -Werror -Wno-maybe-uninitialized)
  target_link_libraries(${name} PRIVATE ${ARG_LIBS} GTest::gtest_main)
  adze_unity(${name})
  add_dependencies(adze_tests ${name})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600)
endfunction()
