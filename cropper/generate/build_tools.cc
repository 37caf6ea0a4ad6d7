// SPDX-License-Identifier: Apache-2.0
// Asking CMake what it would use.
#include "cropper/generate/build_tools.h"

#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>

#include "cropper/generate/cmake_text.h"
#include "cropper/generate/configure.h"
#include "cropper/generate/files.h"
#include "cropper/generate/process.h"
#include "cropper/generate/temporary_folder.h"

namespace adze::generate {
namespace {

namespace fs = std::filesystem;

// Two lines for the compilers, then what decides the bytes of objects, then of links.
constexpr char kProbe[] = R"(cmake_minimum_required(VERSION 3.25)
project(probe C CXX)
file(WRITE "${CMAKE_BINARY_DIR}/tools.txt" "${CMAKE_C_COMPILER}\n${CMAKE_CXX_COMPILER}\n")
foreach(name IN ITEMS CXX_FLAGS CXX_COMPILER_TARGET CXX_COMPILER_EXTERNAL_TOOLCHAIN SYSROOT SYSROOT_COMPILE ANDROID_API)
  file(APPEND "${CMAKE_BINARY_DIR}/tools.txt" "compile ${name} ${CMAKE_${name}}\n")
endforeach()
foreach(name IN ITEMS C_FLAGS C_COMPILER_TARGET C_COMPILER_EXTERNAL_TOOLCHAIN SYSROOT SYSROOT_LINK SHARED_LINKER_FLAGS C_STANDARD_LIBRARIES)
  file(APPEND "${CMAKE_BINARY_DIR}/tools.txt" "link ${name} ${CMAKE_${name}}\n")
endforeach()
)";

// "toolchain.cmake" of a crop, or "<group>.toolchain.cmake" of a matrix, whose builds stand in <matrix>/.matrix/build.
bool HasNameOfOwn(const std::string& file, const std::string& build) {
  const std::string name = fs::path(file).filename().string(), own = "toolchain.cmake";
  if (name == own) return true;
  const bool in_matrix = build.find("/.matrix/build/") != std::string::npos;
  return in_matrix && name.size() > own.size() && name.compare(name.size() - own.size() - 1, own.size() + 1, "." + own) == 0;
}

// The toolchain file that a build folder was configured with, unless it is the crop's own, which may have been named through a link: "" then.
std::string UsersFile(const std::string& build, const plan::Profile& profile) {
  std::string file = BuiltToolchainFile(build);
  const std::string own = ToolchainText(profile);
  if (file.empty() || own.empty()) return file;
  return fs::exists(file) ? (ReadFile(file) == own ? "" : file) : HasNameOfOwn(file, build) ? "" : file;
}

}  // namespace

BuildTools ToolsFor(const plan::Profile& profile) {
  if (!ToolchainText(profile).empty()) return {profile.compiler};
  const auto first_word = [](const char* variable, const char* otherwise) {
    const char* value = std::getenv(variable);
    const std::string text = value != nullptr ? value : "";
    return text.empty() ? otherwise : text.substr(0, text.find(' '));
  };
  return {{first_word("CC", "cc"), first_word("CXX", "c++")}};
}

BuildTools ToolsOfFile(const std::string& toolchain_file) {
  static std::map<std::string, BuildTools> known;  // all crops of a matrix have one
  BuildTools& tools = known[toolchain_file];
  if (!tools.toolchain_file.empty()) return tools;
  tools.toolchain_file = fs::absolute(toolchain_file).lexically_normal().string();
  const TemporaryFolder folder;
  WriteFile(folder.path() + "/CMakeLists.txt", kProbe);
  const std::string build = folder.path() + "/build";
  ProcessOptions process;
  process.setenv = {{"CFLAGS", ""}, {"CXXFLAGS", ""}, {"LDFLAGS", ""}};  // not of the file; a toolchain's id has them apart
  const ProcessResult r =
      RunProcess({"cmake", "-G", "Ninja", "-S", folder.path(), "-B", build, "--toolchain", tools.toolchain_file}, process);
  if (r.exit_code != 0) throw plan::InputError("no project can be configured with the toolchain file " + toolchain_file + ":\n" + r.output);
  std::istringstream lines(ReadFile(build + "/tools.txt"));
  std::getline(lines, tools.compiler.c);
  std::getline(lines, tools.compiler.cxx);
  // Empty values say nothing: a file that only names a compiler is the same toolchain as that compiler without a file.
  for (std::string line; std::getline(lines, line);) {
    const std::string kind = line.substr(0, line.find(' '));
    if (line.find_first_not_of(' ', line.find(' ', kind.size() + 1)) == std::string::npos) continue;
    (kind == "compile" ? tools.compile_flags : tools.link_flags) += line + "\n";
  }
  return tools;
}

BuildTools ToolsOfBuild(const std::string& build, const plan::Profile& profile) {
  if (!fs::exists(build + "/CMakeCache.txt")) return ToolsFor(profile);
  const std::string file = UsersFile(build, profile);
  if (file.empty()) return {BuiltCompiler(build)};
  if (!fs::exists(file)) throw plan::InputError(build + " was configured with the toolchain file " + file + ", which is gone; crop again");
  return ToolsOfFile(file);
}

}  // namespace adze::generate
