// SPDX-License-Identifier: Apache-2.0
// Configuring with CMake, without a shell.
#include "cropper/generate/configure.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <thread>

#include "cropper/generate/files.h"
#include "cropper/generate/names.h"

namespace adze::generate {
namespace {

namespace fs = std::filesystem;

// "3 of 40" of a line of Ninja's, "[3/40] Building ..."; "" if it is none.
std::string StepOf(const std::string& line) {
  const size_t slash = line.find('/'), end = line.find("] ");
  const bool step = line[0] == '[' && slash != std::string::npos && end != std::string::npos && slash < end &&
                    line.find_first_not_of("0123456789/", 1) == end;
  return step ? line.substr(1, slash - 1) + " of " + line.substr(slash + 1, end - slash - 1) : "";
}

// The value of a variable in a CMake cache; "" if there is none.
std::string Cached(const std::string& cache, const std::string& name) {
  const size_t at = cache.find("\n" + name + ":");
  if (at == std::string::npos) return "";
  const size_t begin = cache.find('=', at) + 1;
  return cache.substr(begin, cache.find('\n', begin) - begin);
}

std::string CacheOf(const std::string& build) {
  const std::string path = build + "/CMakeCache.txt";
  return fs::exists(path) ? ReadFile(path) : "";
}

// The launchers that `build` is to be built with: variable -> value, which may be empty.
std::map<std::string, std::string> Launchers(const std::string& build) {
  const std::string cache = CacheOf(build);
  std::map<std::string, std::string> launchers;
  for (const char* name : {"CMAKE_C_COMPILER_LAUNCHER", "CMAKE_CXX_COMPILER_LAUNCHER"}) {
    const char* given = std::getenv(name);
    launchers[name] = given != nullptr ? given : Cached(cache, name);
  }
  std::string& cxx = launchers["CMAKE_CXX_COMPILER_LAUNCHER"];  // units are C++; C only links
  if (cxx.empty() && std::getenv("CMAKE_CXX_COMPILER_LAUNCHER") == nullptr) cxx = FindProgram("ccache");
  return launchers;
}

// Only what the environment says now is compared: a folder that its user has configured stays as it is.
bool Configured(const std::string& build, const std::map<std::string, std::string>& launchers) {
  const std::string cache = CacheOf(build);
  if (cache.empty() || !fs::exists(build + "/build.ninja")) return false;
  return std::all_of(launchers.begin(), launchers.end(),
                     [&](const auto& l) { return std::getenv(l.first.c_str()) == nullptr || Cached(cache, l.first) == l.second; });
}

// A cache made in another place, or before the toolchain changed, cannot be used again.
void DropStaleCache(const Configuration& c) {
  const std::string text = CacheOf(c.build);
  if (text.empty()) return;
  const bool moved = text.find("CMAKE_HOME_DIRECTORY:INTERNAL=" + c.source + "\n") == std::string::npos;
  const bool had_toolchain = text.find("CMAKE_TOOLCHAIN_FILE:") != std::string::npos;
  const bool same = c.toolchain.empty() ? !had_toolchain
                                        : text.find("CMAKE_TOOLCHAIN_FILE:UNINITIALIZED=" + c.toolchain + "\n") != std::string::npos ||
                                              text.find("CMAKE_TOOLCHAIN_FILE:FILEPATH=" + c.toolchain + "\n") != std::string::npos;
  if (moved || !same) fs::remove_all(c.build);
}

// The value of `set(<name> "<value>")` in a file that CMake wrote; "" if there is none.
std::string ValueSet(const std::string& text, const std::string& name) {
  const std::string start = "set(" + name + " \"";
  const size_t at = text.find(start);
  if (at == std::string::npos) return "";
  const size_t begin = at + start.size();
  return text.substr(begin, text.find('"', begin) - begin);
}

}  // namespace

SafeFolder::SafeFolder(const std::string& folder, const std::string& build) : path_(fs::absolute(folder).lexically_normal().string()) {
  if (path_.size() > 1 && path_.back() == '/') path_.pop_back();
  if (BuildSafePath(path_)) return;
  std::string pattern = (fs::temp_directory_path() / "adze-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder in " + fs::temp_directory_path().string());
  holder_ = pattern;
  fs::create_directory_symlink(path_, holder_ + "/out");
  path_ = holder_ + "/out";
  fs::remove_all(path_ + "/" + build);
}

SafeFolder::~SafeFolder() {
  std::error_code ignored;
  if (!holder_.empty()) fs::remove_all(holder_, ignored);
}

void RequireBuildPrograms() {
  std::string missing;
  for (const char* program : {"cmake", "ninja"}) {
    if (FindProgram(program).empty()) missing += (missing.empty() ? "" : " and ") + std::string(program);
  }
  if (missing.empty()) return;
  throw plan::InputError(
      "building needs " + missing +
      ", not found in PATH; install the packages cmake and ninja-build, or only write the sources: `cropper crop --no-build`");
}

ProcessOptions BuilderProcess(const std::string& folder, const std::string& name, const std::function<void(const std::string&)>& progress) {
  ProcessOptions process;
  // ccache then knows equal units of other folders.
  process.setenv = {{"CCACHE_BASEDIR", folder}, {"CCACHE_NOHASHDIR", "1"}, {"NINJA_STATUS", "[%f/%t] "}};
  process.on_line = [name, progress](const std::string& line) {
    const std::string step = StepOf(line);
    if (progress && !step.empty()) progress("building " + name + ": step " + step);
  };
  return process;
}

void Configure(const Configuration& c, const ProcessOptions& process, const std::string& what) {
  const std::map<std::string, std::string> launchers = Launchers(c.build);
  DropStaleCache(c);
  if (!c.outdated && Configured(c.build, launchers)) return;
  std::vector<std::string> argv = {"cmake", "-G", "Ninja", "-S", c.source, "-B", c.build};
  if (!c.toolchain.empty()) argv.insert(argv.end(), {"--toolchain", c.toolchain});
  for (const auto& [name, value] : launchers) argv.push_back("-D" + name + ":STRING=" + value);
  argv.insert(argv.end(), c.more.begin(), c.more.end());
  RunOrThrow(argv, process, what);
}

void RunOrThrow(const std::vector<std::string>& argv, const ProcessOptions& options, const std::string& what) {
  const ProcessResult r = RunProcess(argv, options);
  if (r.exit_code == 0) return;
  throw std::runtime_error(what + " failed (exit " + std::to_string(r.exit_code) + "): " + ArgvText(argv) + "\n" + LastLines(r.output));
}

std::string LastLines(const std::string& text) {
  constexpr size_t kShown = 4000;
  return text.size() > kShown ? "...\n" + text.substr(text.size() - kShown) : text;
}

std::string JobsText(int jobs) {
  const unsigned wanted = jobs > 0 ? static_cast<unsigned>(jobs) : std::thread::hardware_concurrency();
  return std::to_string(std::max(wanted, 1U));
}

std::string BuiltToolchainFile(const std::string& build) { return Cached(CacheOf(build), "CMAKE_TOOLCHAIN_FILE"); }

plan::Compiler BuiltCompiler(const std::string& build) {
  plan::Compiler found{"", ""};
  const fs::path files = build + "/CMakeFiles";
  if (fs::is_directory(files)) {
    for (const fs::directory_entry& e : fs::directory_iterator(files)) {
      for (const auto& [language, compiler] : {std::pair("C", &found.c), std::pair("CXX", &found.cxx)}) {
        const fs::path file = e.path() / ("CMake" + std::string(language) + "Compiler.cmake");
        if (fs::is_regular_file(file)) *compiler = ValueSet(ReadFile(file.string()), "CMAKE_" + std::string(language) + "_COMPILER");
      }
    }
  }
  if (found.c.empty() || found.cxx.empty()) throw plan::InputError(build + " is not configured; run `cropper crop`");
  return found;
}

}  // namespace adze::generate
