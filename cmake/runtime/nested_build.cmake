# SPDX-License-Identifier: Apache-2.0
# Script: configures and builds the nested project, then says in a depfile what it was made of.
cmake_minimum_required(VERSION 3.25)
include("${settings}")

function(run what)
  # Make's own settings, its job server among them, are not the nested build's.
  execute_process(COMMAND ${CMAKE_COMMAND} -E env --unset=MAKEFLAGS --unset=MAKELEVEL --unset=MFLAGS ${ARGN} RESULT_VARIABLE result
                  OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "Adze: ${what} ${name} failed:\n${output}")
  endif()
endfunction()

# A cache of another toolchain cannot be used again.
set(before "")
if(EXISTS "${source}/build/cache.cmake")
  file(READ "${source}/build/cache.cmake" before)
endif()
file(READ "${source}/cache.cmake" now)
if(NOT "${before}" STREQUAL "${now}")
  file(REMOVE_RECURSE "${source}/build")
  file(WRITE "${source}/build/cache.cmake" "${now}")
endif()

cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
run("configuring" ${CMAKE_COMMAND} -C "${source}/cache.cmake" -G "${generator}" -S "${source}" -B "${source}/build")
run("building" ${CMAKE_COMMAND} --build "${source}/build" --target everything -j ${cores})
# The same inputs, for the outer build's stamp.
file(READ "${source}/build/${name}_adze/crop.d" depfile)
string(REPLACE " " "\\ " rule "${stamp}")
string(REGEX REPLACE "^[^\n]*: \\\\\n" "" inputs "${depfile}")
file(WRITE "${stamp}.d" "${rule}: \\\n${inputs}")
file(TOUCH "${stamp}")
