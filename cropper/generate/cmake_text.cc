// SPDX-License-Identifier: Apache-2.0
// Writing CMake: one object per planned unit with the flags that ship, and three ways to link them.
#include "cropper/generate/cmake_text.h"

#include <map>
#include <sstream>

#include "cropper/generate/names.h"

namespace adze::generate {
namespace {

std::string QuotedList(const std::vector<std::string>& items, const std::string& indent) {
  std::string out;
  for (const std::string& item : items) out += indent + CMakeQuote(item);
  return out;
}

// Compile options are one argument: a CMake list.
std::string OptionList(const std::vector<std::string>& flags) {
  std::string joined;
  for (const std::string& f : flags) joined += (joined.empty() ? "" : ";") + f;
  return "\"" + joined + "\"";
}

std::map<std::vector<std::string>, std::vector<std::string>> SourcesByFlags(const plan::Plan& plan, const UnitFlags& flags) {
  std::map<std::vector<std::string>, std::vector<std::string>> by_flags;
  for (const plan::PlannedUnit& u : plan.units) by_flags[flags.Of(u.unit_class, u.isa)].push_back("src/" + u.path);
  by_flags[flags.Of("core", "any")].push_back(kTableUnit);
  return by_flags;
}

void Objects(const plan::Plan& plan, const UnitFlags& flags, bool third_party, std::ostream& s) {
  s << "# One object per unit, each with the flags that it was planned and measured with.\nadd_library(${ADZE_TARGET}_objects OBJECT";
  for (const plan::PlannedUnit& u : plan.units) s << "\n  " << CMakeQuote("src/" + u.path);
  s << "\n  " << CMakeQuote(kTableUnit) << ")\n";
  for (const auto& [options, sources] : SourcesByFlags(plan, flags)) {
    s << "set_source_files_properties(" << QuotedList(sources, "\n  ") << "\n  PROPERTIES COMPILE_OPTIONS\n  " << OptionList(options)
      << ")\n";
  }
  s << "target_include_directories(${ADZE_TARGET}_objects PUBLIC src src/generated include)\n";
  if (third_party) s << "target_include_directories(${ADZE_TARGET}_objects SYSTEM PUBLIC third_party/flatbuffers/include)\n";
  s << "# The bytes of an object do not tell where it was built.\n"
       "if(NOT CMAKE_CURRENT_SOURCE_DIR MATCHES \"[=;]\")\n"
       "  target_compile_options(${ADZE_TARGET}_objects PRIVATE \"-ffile-prefix-map=${CMAKE_CURRENT_SOURCE_DIR}=.\")\n"
       "endif()\n\n";
}

void Libraries(const plan::Plan& plan, const UnitFlags& flags, std::ostream& s) {
  const char* const threads = plan.profile.threads ? " Threads::Threads" : "";
  std::vector<std::string> link = flags.link;
  link.push_back("-Wl,-z,max-page-size=" + std::to_string(plan.profile.page_size));
  link.push_back("-s");
  if (plan.profile.threads) s << "find_package(Threads REQUIRED)\n\n";
  s << "# The library that ships: linked by the C driver, without the C++ library, stripped.\n"
       "set(CMAKE_CXX_IMPLICIT_LINK_LIBRARIES \"\")\n"
       "add_library(${ADZE_TARGET} SHARED $<TARGET_OBJECTS:${ADZE_TARGET}_objects>)\n"
       "set_target_properties(${ADZE_TARGET} PROPERTIES LINKER_LANGUAGE C)\n"
       "target_include_directories(${ADZE_TARGET} INTERFACE include)\n"
       "target_link_libraries(${ADZE_TARGET} PRIVATE m"
    << threads << ")\ntarget_link_options(${ADZE_TARGET} PRIVATE" << QuotedList(link, "\n  ") << ")\n"
    << "if(ADZE_IS_TOP_LEVEL)\n"
       "  # What each object weighs: read by `cropper size`.\n"
       "  target_link_options(${ADZE_TARGET} PRIVATE -Wl,-Map,libadze.map)\n"
       "endif()\n\n"
       "# The same objects for programs that link them in; name it to build it.\n"
       "add_library(${ADZE_TARGET}_static STATIC EXCLUDE_FROM_ALL $<TARGET_OBJECTS:${ADZE_TARGET}_objects>)\n"
       "set_target_properties(${ADZE_TARGET}_static PROPERTIES LINKER_LANGUAGE CXX)\n"
       "target_include_directories(${ADZE_TARGET}_static INTERFACE include)\n"
       "# A shared library that links it does not export the API: another crop of the process could take its place.\n"
       "target_link_options(${ADZE_TARGET}_static INTERFACE LINKER:--exclude-libs,lib${ADZE_TARGET}_static.a)\n"
       "target_link_libraries(${ADZE_TARGET}_static PUBLIC m"
    << threads << ")\n";
}

void Harness(const plan::Plan& plan, const std::vector<std::string>& sources, std::ostream& s) {
  s << "\n# Runs a model with the very same objects and prints which kernels ran; not part of what ships.\n"
       "add_executable(${ADZE_TARGET}-run"
    << QuotedList(sources, "\n  ") << "\n  $<TARGET_OBJECTS:${ADZE_TARGET}_objects>)\n"
    << "set_target_properties(${ADZE_TARGET}-run PROPERTIES LINKER_LANGUAGE CXX CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON)\n"
       "target_include_directories(${ADZE_TARGET}-run PRIVATE $<TARGET_PROPERTY:${ADZE_TARGET}_objects,INCLUDE_DIRECTORIES>)\n"
       "target_compile_options(${ADZE_TARGET}-run PRIVATE -O1)\n"
       "target_link_libraries(${ADZE_TARGET}-run PRIVATE m"
    << (plan.profile.threads ? " Threads::Threads" : "") << ")\n"
    << "if(NOT ADZE_IS_TOP_LEVEL)\n"
       "  set_target_properties(${ADZE_TARGET}-run PROPERTIES EXCLUDE_FROM_ALL ON)\n"
       "endif()\n";
}

}  // namespace

std::string CMakeText(const plan::Plan& plan, const UnitFlags& flags, const std::vector<std::string>& harness) {
  std::ostringstream s;
  s << "# SPDX-License-Identifier: Apache-2.0\n"
       "# Generated by the cropper for the profile "
    << plan.profile.name
    << ". Needs a C and C++17 compiler, nothing else. Use it by add_subdirectory, or\n"
       "# cmake -G Ninja -S . -B build"
    << (ToolchainText(plan.profile).empty() ? "" : " --toolchain toolchain.cmake") << "\n"
    << "cmake_minimum_required(VERSION 3.16)\n"
       "project(adze_runtime VERSION "
    << CropperVersion() << " LANGUAGES C CXX)\n"
    << "string(COMPARE EQUAL \"${CMAKE_SOURCE_DIR}\" \"${CMAKE_CURRENT_SOURCE_DIR}\" ADZE_IS_TOP_LEVEL)\n"
    << "# A project that adds several crops gives the targets of each another name.\n"
       "if(NOT DEFINED ADZE_TARGET)\n  set(ADZE_TARGET adze)\nendif()\n"
       "if(NOT ADZE_IS_TOP_LEVEL OR ADZE_ISOLATE)\n  include(isolate.cmake)\nendif()\n\n";
  Objects(plan, flags, !plan.external.empty(), s);
  Libraries(plan, flags, s);
  if (!harness.empty()) Harness(plan, harness, s);
  return s.str();
}

std::string ToolchainText(const plan::Profile& profile) {
  const bool cross = !profile.emulator.empty();
  if (!cross && profile.compiler.c == "gcc" && profile.compiler.cxx == "g++") return "";
  std::ostringstream s;
  s << "# SPDX-License-Identifier: Apache-2.0\n# Generated by the cropper: the compilers of the profile " << profile.name << ".\n";
  if (cross) s << "set(CMAKE_SYSTEM_NAME Linux)\nset(CMAKE_SYSTEM_PROCESSOR " << profile.arch << ")\n";
  s << "set(CMAKE_C_COMPILER " << CMakeQuote(profile.compiler.c) << ")\nset(CMAKE_CXX_COMPILER " << CMakeQuote(profile.compiler.cxx)
    << ")\n";
  if (cross) s << "set(CMAKE_CROSSCOMPILING_EMULATOR" << QuotedList(profile.emulator, " ") << ")\n";
  return s.str();
}

}  // namespace adze::generate
