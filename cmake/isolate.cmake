# SPDX-License-Identifier: Apache-2.0
# Included behind project(): from here on a folder compiles and links as it does alone. Of the flags of the project that adds it only those
# get through that say which machine to build for.

# Words of a command line that choose the machine; of the second kind the next word is the value.
set(adze_machine_word "^(--sysroot=|-isysroot=?|--target=|--gcc-toolchain=|-m(32|64|x32)$|-mabi=|-mfloat-abi=|-m(little|big)-endian$|-B.|-isystem.)")
set(adze_machine_pair "^(--sysroot|-isysroot|--target|-target|--gcc-toolchain|-B|-isystem)$")

function(adze_keep_machine_flags variable)
  separate_arguments(words UNIX_COMMAND "${${variable}}")
  set(kept "")
  set(value_follows FALSE)
  foreach(word IN LISTS words)
    if(value_follows OR word MATCHES "${adze_machine_word}" OR word MATCHES "${adze_machine_pair}")
      string(APPEND kept " \"${word}\"")
    endif()
    string(REGEX MATCH "${adze_machine_pair}" pair "${word}")
    string(COMPARE NOTEQUAL "${pair}" "" value_follows)
  endforeach()
  string(STRIP "${kept}" kept)
  set(${variable} "${kept}" PARENT_SCOPE)
endfunction()

# Values, not unset(): a value given with -D would show through.
foreach(adze_kind C_FLAGS CXX_FLAGS ASM_FLAGS SHARED_LINKER_FLAGS EXE_LINKER_FLAGS)
  adze_keep_machine_flags(CMAKE_${adze_kind})
  foreach(adze_config IN LISTS CMAKE_CONFIGURATION_TYPES CMAKE_BUILD_TYPE)
    string(TOUPPER "${adze_config}" adze_config)
    set(CMAKE_${adze_kind}_${adze_config} "")
    set(CMAKE_STATIC_LINKER_FLAGS_${adze_config} "")
    set(CMAKE_INTERPROCEDURAL_OPTIMIZATION_${adze_config} OFF)
    set(CMAKE_${adze_config}_POSTFIX "")
  endforeach()
endforeach()
set(CMAKE_STATIC_LINKER_FLAGS "")
foreach(adze_switch INTERPROCEDURAL_OPTIMIZATION UNITY_BUILD COMPILE_WARNING_AS_ERROR INCLUDE_CURRENT_DIR LINK_LIBRARIES_ONLY_TARGETS
                    LINK_WHAT_YOU_USE CXX_EXTENSIONS C_EXTENSIONS CXX_STANDARD_REQUIRED C_STANDARD_REQUIRED)
  set(CMAKE_${adze_switch} OFF)
endforeach()
foreach(adze_text CXX_CLANG_TIDY C_CLANG_TIDY CXX_CPPCHECK C_CPPCHECK CXX_CPPLINT C_CPPLINT CXX_INCLUDE_WHAT_YOU_USE C_INCLUDE_WHAT_YOU_USE
                  BUILD_RPATH INSTALL_RPATH)
  set(CMAKE_${adze_text} "")
endforeach()
# As the units' own flags have it.
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_C_STANDARD 11)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# What add_compile_options() and its like have said above this folder. Flags other than -D that were given to add_definitions() cannot be seen
# from here; the check of VERIFY in adze_add_runtime() meets their objects.
foreach(adze_property COMPILE_OPTIONS COMPILE_DEFINITIONS INCLUDE_DIRECTORIES LINK_OPTIONS LINK_DIRECTORIES LINK_LIBRARIES)
  set_property(DIRECTORY PROPERTY ${adze_property} "")
endforeach()
