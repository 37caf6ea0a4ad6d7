# SPDX-License-Identifier: Apache-2.0
# adze_add_runtime(): the runtime that some models need, as a target of an app's build. docs/cmake.md is the reference.
#
#   adze_add_runtime(<target> MODELS <file>... | LIST <file>... PROFILE <name or file> [THREADS <n>] [BUDGET <bytes>] [EMBED_MODELS] [VERIFY]
#                    [PREFIX <prefix>] [SHARED | STATIC] [DEPENDS <target>...])
#   adze_copy_models(<executable> <target> [DESTINATION <folder>])
#
# Available after find_package(Adze), add_subdirectory(<checkout>) or FetchContent of a checkout.
include_guard(GLOBAL)

set_property(GLOBAL PROPERTY ADZE_CMAKE_DIR ${CMAKE_CURRENT_LIST_DIR})
foreach(adze_part arguments contract cropper models nested planned)
  include(${CMAKE_CURRENT_LIST_DIR}/runtime/${adze_part}.cmake)
endforeach()

function(adze_add_runtime target)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "EMBED_MODELS;VERIFY;SHARED;STATIC" "PROFILE;THREADS;BUDGET;PREFIX" "MODELS;LIST;DEPENDS")
  # What the parts below read: one name for each thing, all paths absolute.
  set(ADZE_NAME ${target})
  set(ADZE_DIR ${CMAKE_CURRENT_BINARY_DIR}/${target}_adze)
  adze_check_arguments()
  adze_check_platform()
  adze_find_cropper(ADZE_PROGRAM)
  adze_resolve_profile()
  adze_models_are_built(built)
  if(built)
    adze_nested_runtime()
  else()
    adze_planned_runtime()
  endif()
  adze_check_consumers_later(${target})
endfunction()
