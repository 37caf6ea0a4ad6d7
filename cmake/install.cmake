# SPDX-License-Identifier: Apache-2.0
# `cmake --install`: the SDK. bin/cropper finds share/adze beside itself, so the tree may be moved; it needs nothing of the checkout.
include(CMakePackageConfigHelpers)

set(sdk share/adze)
set(package lib/cmake/Adze)

install(TARGETS cropper adze-run RUNTIME DESTINATION bin)

# What crops are cut from: device sources with the headers that they and adze-run include, and the data that plans are made of.
foreach(folder op-registry kernels runtime)
  install(
    DIRECTORY ${folder}
    DESTINATION ${sdk}
    FILES_MATCHING
    PATTERN "*.cc"
    PATTERN "*.h"
    PATTERN "*.hpp"
    PATTERN "*_test.cc" EXCLUDE
    PATTERN "*_bench.cc" EXCLUDE
    PATTERN "catalog.*" EXCLUDE
    PATTERN "testing" EXCLUDE)
endforeach()
file(GLOB reader CONFIGURE_DEPENDS models/format/reader*)
list(FILTER reader EXCLUDE REGEX "_test\\.cc$")
install(FILES ${reader} DESTINATION ${sdk}/models/format)
install(FILES models/schema/header.h DESTINATION ${sdk}/models/schema)
install(FILES cmake/unit_flags.json cmake/isolate.cmake DESTINATION ${sdk}/cmake)
install(DIRECTORY profiles DESTINATION ${sdk})
install(DIRECTORY cropper/index/data DESTINATION ${sdk}/cropper/index)
install(FILES LICENSE DESTINATION ${sdk})
install(FILES ${PROJECT_BINARY_DIR}/generated/models/schema/adze_generated.h DESTINATION ${sdk}/generated/models/schema)
install(
  DIRECTORY ${FLATBUFFERS_INCLUDE_DIR}/flatbuffers
  DESTINATION ${sdk}/third_party/flatbuffers/include
  FILES_MATCHING
  PATTERN "*.h"
  PATTERN "pch" EXCLUDE)
# FlatBuffers' licence is ours, the Apache License 2.0; its copyright lines stand in its headers.
install(FILES LICENSE DESTINATION ${sdk}/third_party/flatbuffers)

# find_package(Adze): ADZE_CROPPER and, from cmake/AdzeRuntime.cmake, the functions for an app's build.
configure_package_config_file(cmake/AdzeConfig.cmake.in ${PROJECT_BINARY_DIR}/AdzeConfig.cmake INSTALL_DESTINATION ${package})
# The cropper is a program of the build machine, whatever the architecture that the finding project builds for.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/AdzeConfigVersion.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/AdzeConfig.cmake ${PROJECT_BINARY_DIR}/AdzeConfigVersion.cmake DESTINATION ${package})
install(FILES cmake/AdzeRuntime.cmake DESTINATION ${package})
install(DIRECTORY cmake/runtime DESTINATION ${package})
