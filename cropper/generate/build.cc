// SPDX-License-Identifier: Apache-2.0
// CMake, Ninja and ccache, started without a shell.
#include "cropper/generate/build.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "cropper/generate/cmake_text.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "cropper/generate/names.h"
#include "cropper/generate/process.h"
#include "cropper/generate/sha256.h"

namespace adze::generate {
namespace {

namespace fs = std::filesystem;

// CMake splits paths at semicolons and trips over quotes: such a folder is built through a link of a plain name.
class SafeFolder {
 public:
  explicit SafeFolder(const std::string& folder) : path_(fs::absolute(folder).lexically_normal().string()) {
    if (path_.size() > 1 && path_.back() == '/') path_.pop_back();
    if (BuildSafePath(path_)) return;
    std::string pattern = (fs::temp_directory_path() / "adze-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder in " + fs::temp_directory_path().string());
    holder_ = pattern;
    fs::create_directory_symlink(path_, holder_ / "out");
    path_ = (holder_ / "out").string();
    fs::remove_all(fs::path(path_) / "build");  // its cache names the link of an earlier build
  }
  ~SafeFolder() {
    std::error_code ignored;
    if (!holder_.empty()) fs::remove_all(holder_, ignored);
  }
  SafeFolder(const SafeFolder&) = delete;
  SafeFolder& operator=(const SafeFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  fs::path holder_;
};

void RunOrThrow(const std::vector<std::string>& argv, const ProcessOptions& options, const std::string& what) {
  const ProcessResult r = RunProcess(argv, options);
  if (r.exit_code == 0) return;
  constexpr size_t kShown = 4000;
  const std::string tail = r.output.size() > kShown ? "...\n" + r.output.substr(r.output.size() - kShown) : r.output;
  throw std::runtime_error(what + " failed (exit " + std::to_string(r.exit_code) + "): " + ArgvText(argv) + "\n" + tail);
}

// The toolchain file of a build: the one asked for, else the folder's own, else "".
std::string ToolchainOf(const std::string& folder, const BuildOptions& options) {
  if (!options.toolchain.empty()) return fs::absolute(options.toolchain).lexically_normal().string();
  return fs::exists(folder + "/toolchain.cmake") ? folder + "/toolchain.cmake" : "";
}

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

// The launchers that `folder` is to be built with: variable -> value, which may be empty.
std::map<std::string, std::string> Launchers(const std::string& folder) {
  const std::string cache = fs::exists(folder + "/build/CMakeCache.txt") ? ReadFile(folder + "/build/CMakeCache.txt") : "";
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
bool Configured(const std::string& folder, const std::map<std::string, std::string>& launchers) {
  if (!fs::exists(folder + "/build/build.ninja") || !fs::exists(folder + "/build/CMakeCache.txt")) return false;
  const std::string cache = ReadFile(folder + "/build/CMakeCache.txt");
  return std::all_of(launchers.begin(), launchers.end(),
                     [&](const auto& l) { return std::getenv(l.first.c_str()) == nullptr || Cached(cache, l.first) == l.second; });
}

// A cache made in another place, or before the toolchain changed, cannot be used again.
void DropStaleCache(const std::string& folder, const std::string& toolchain) {
  const std::string cache = folder + "/build/CMakeCache.txt";
  if (!fs::exists(cache)) return;
  const std::string text = ReadFile(cache);
  const bool moved = text.find("CMAKE_HOME_DIRECTORY:INTERNAL=" + folder + "\n") == std::string::npos;
  const bool had_toolchain = text.find("CMAKE_TOOLCHAIN_FILE:") != std::string::npos;
  const bool same = toolchain.empty() ? !had_toolchain
                                      : text.find("CMAKE_TOOLCHAIN_FILE:UNINITIALIZED=" + toolchain + "\n") != std::string::npos ||
                                            text.find("CMAKE_TOOLCHAIN_FILE:FILEPATH=" + toolchain + "\n") != std::string::npos;
  if (moved || !same) fs::remove_all(folder + "/build");
}

// The value of `set(<name> "<value>")` in a file that CMake wrote; "" if there is none.
std::string ValueSet(const std::string& text, const std::string& name) {
  const std::string start = "set(" + name + " \"";
  const size_t at = text.find(start);
  if (at == std::string::npos) return "";
  const size_t begin = at + start.size();
  return text.substr(begin, text.find('"', begin) - begin);
}

// "adze", or the prefix of a crop; "adze" also where there is no crop yet, for messages.
std::string NameOf(const std::string& out) {
  if (!fs::exists(out + "/crop.json")) return "adze";
  const nlohmann::json profile = ReadCrop(out).value("profile", nlohmann::json::object());
  return profile.value("prefix", "adze");
}

}  // namespace

void Build(const std::string& out, const BuildOptions& options) {
  const SafeFolder folder(out);
  const std::string& path = folder.path();
  for (const char* program : {"cmake", "ninja"}) {
    if (FindProgram(program).empty())
      throw std::runtime_error(std::string("building needs ") + program + "; install it or use `cropper generate`");
  }
  ProcessOptions process;
  // ccache then knows equal units of other folders.
  process.setenv = {{"CCACHE_BASEDIR", path}, {"CCACHE_NOHASHDIR", "1"}};
  process.setenv["NINJA_STATUS"] = "[%f/%t] ";
  process.on_line = [&](const std::string& line) {
    const std::string step = StepOf(line);
    if (options.progress && !step.empty()) options.progress("building " + out + ": step " + step);
  };
  const std::string toolchain = ToolchainOf(path, options);
  const std::map<std::string, std::string> launchers = Launchers(path);
  DropStaleCache(path, toolchain);
  if (!Configured(path, launchers)) {
    std::vector<std::string> configure = {"cmake", "-G", "Ninja", "-S", path, "-B", path + "/build"};
    if (!toolchain.empty()) configure.insert(configure.end(), {"--toolchain", toolchain});
    for (const auto& [name, value] : launchers) configure.push_back("-D" + name + ":STRING=" + value);
    RunOrThrow(configure, process, "configuring " + out);
  }
  const int jobs = options.jobs > 0 ? options.jobs : static_cast<int>(std::thread::hardware_concurrency());
  std::vector<std::string> build = {"cmake", "--build", path + "/build", "-j", std::to_string(jobs > 0 ? jobs : 1)};
  for (const std::string& target : options.targets) build.insert(build.end(), {"--target", target});
  RunOrThrow(build, process, "building " + out);
}

std::string LibraryPath(const std::string& out) { return out + "/build/lib" + NameOf(out) + ".so"; }
std::string StaticLibraryPath(const std::string& out) { return out + "/build/lib" + NameOf(out) + "_static.a"; }
std::string MapPath(const std::string& out) { return out + "/build/lib" + NameOf(out) + ".map"; }
std::string HarnessPath(const std::string& out) { return out + "/build/adze-run"; }
std::string ObjectPath(const std::string& out, const std::string& source) {
  return out + "/build/CMakeFiles/adze_objects.dir/" + source + ".o";
}

plan::Compiler BuiltCompiler(const std::string& out) {
  plan::Compiler found{"", ""};
  const fs::path files = out + "/build/CMakeFiles";
  if (fs::is_directory(files)) {
    for (const fs::directory_entry& e : fs::directory_iterator(files)) {
      for (const auto& [language, compiler] : {std::pair("C", &found.c), std::pair("CXX", &found.cxx)}) {
        const fs::path file = e.path() / ("CMake" + std::string(language) + "Compiler.cmake");
        if (fs::is_regular_file(file)) *compiler = ValueSet(ReadFile(file.string()), "CMAKE_" + std::string(language) + "_COMPILER");
      }
    }
  }
  if (found.c.empty() || found.cxx.empty()) throw plan::InputError(out + "/build is not configured; run `cropper crop`");
  return found;
}

plan::Compiler CompilerFor(const plan::Profile& profile) {
  if (!ToolchainText(profile).empty()) return profile.compiler;
  const auto first_word = [](const char* variable, const char* otherwise) {
    const char* value = std::getenv(variable);
    const std::string text = value != nullptr ? value : "";
    return text.empty() ? otherwise : text.substr(0, text.find(' '));
  };
  return {first_word("CC", "cc"), first_word("CXX", "c++")};
}

void RecordBuild(const std::string& out) {
  nlohmann::json crop = ReadCrop(out);
  nlohmann::json objects = nlohmann::json::object();
  for (const auto& [source, hash] : crop.at("units").items()) objects[source] = Sha256Hex(ReadFile(ObjectPath(out, source)));
  crop["objects"] = objects;
  crop["library"] = {{"path", "build/lib" + NameOf(out) + ".so"}, {"sha256", Sha256Hex(ReadFile(LibraryPath(out)))}};
  WriteFile(out + "/crop.json", crop.dump(2) + "\n");
}

}  // namespace adze::generate
