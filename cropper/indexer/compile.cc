// SPDX-License-Identifier: Apache-2.0
// Compiling the units: several at once, never through a shell.
#include <algorithm>
#include <atomic>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "cropper/generate/process.h"
#include "cropper/indexer/build_index.h"

namespace adze::indexer {
namespace {

namespace fs = std::filesystem;

// Headers outside the tree that a crop has to carry, by the folder they are included from; all others come with every compiler.
constexpr const char* kThirdParty[] = {"flatbuffers/"};

// The paths of a make rule as the compiler writes it: "object: a.cc \<newline> b.h"; a blank inside a path is "\ ".
std::vector<std::string> DependencyPaths(const std::string& file) {
  std::ifstream in(file);
  std::ostringstream buffer;
  buffer << in.rdbuf();
  const std::string text = buffer.str();
  std::vector<std::string> paths;
  std::string path;
  for (size_t i = text.find(": ") + 2; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == ' ') {
      path += text[++i];
    } else if (text[i] == '\\' || std::isspace(static_cast<unsigned char>(text[i])) != 0) {
      if (!path.empty()) paths.push_back(path);
      path.clear();
    } else {
      path += text[i];
    }
  }
  if (!path.empty()) paths.push_back(path);
  return paths;
}

// `path` relative to `folder`; "" if it lies outside.
std::string Inside(const std::string& path, const std::string& folder) {
  const std::string relative = fs::path(path).lexically_normal().lexically_relative(fs::path(folder).lexically_normal()).generic_string();
  return relative.empty() || relative.rfind("..", 0) == 0 ? "" : relative;
}

void SortHeaders(const BuildOptions& options, const std::vector<std::string>& paths, CompiledUnit* unit) {
  std::set<std::string> headers, external;
  for (const std::string& path : paths) {
    const std::string generated = Inside(path, options.generated);
    const std::string project = Inside(path, options.root);
    if (!generated.empty()) {
      headers.insert(generated);
    } else if (!project.empty()) {
      if (project != unit->unit.path) headers.insert(project);
    } else {
      for (const char* root : kThirdParty) {
        const size_t at = path.rfind(std::string("/include/") + root);
        if (at != std::string::npos) external.insert(path.substr(at + 9));
      }
    }
  }
  unit->headers.assign(headers.begin(), headers.end());
  unit->external.assign(external.begin(), external.end());
}

// Returns the compiler's messages, "" if all went well.
std::string CompileOne(const BuildOptions& options, const Target& target, CompiledUnit* unit) {
  std::string name = unit->unit.path;
  std::replace(name.begin(), name.end(), '/', '.');
  const std::string object = options.objects + "/" + target.arch + "/" + name + ".o";
  std::vector<std::string> argv = {target.compiler};
  argv.insert(argv.end(), unit->unit.flags.begin(), unit->unit.flags.end());
  const std::vector<std::string> includes = IncludeFlags(options);
  argv.insert(argv.end(), includes.begin(), includes.end());
  const std::vector<std::string> rest = {"-MD", "-MF", object + ".d", "-c", options.root + "/" + unit->unit.path, "-o", object};
  argv.insert(argv.end(), rest.begin(), rest.end());
  const generate::ProcessResult result = generate::RunProcess(argv);
  if (result.exit_code != 0) return target.arch + ": " + unit->unit.path + ": does not compile:\n" + result.output;
  unit->symbols = ReadObject(object);
  SortHeaders(options, DependencyPaths(object + ".d"), unit);
  return "";
}

}  // namespace

std::vector<std::string> IncludeFlags(const BuildOptions& options) {
  return {"-I" + options.root, "-I" + options.root + "/runtime/include", "-I" + options.generated};
}

std::vector<CompiledUnit> CompileUnits(const BuildOptions& options, const Target& target) {
  fs::create_directories(options.objects + "/" + target.arch);
  std::vector<CompiledUnit> units;
  for (DeviceUnit& unit : DeviceUnits(options.root, target.arch)) units.push_back({std::move(unit), {}, {}, {}});
  std::vector<std::string> messages(units.size());
  std::atomic<size_t> next{0};
  auto work = [&] {
    for (size_t i; (i = next++) < units.size();) {
      try {
        messages[i] = CompileOne(options, target, &units[i]);
      } catch (const std::exception& e) {
        messages[i] = e.what();
      }
    }
  };
  std::vector<std::thread> threads;
  for (int i = 1; i < options.jobs; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  std::string report;
  for (const std::string& message : messages) report += message.empty() ? "" : message + "\n";
  if (!report.empty()) throw std::runtime_error(report);
  return units;
}

std::string CompilerVersion(const std::string& compiler) {
  const generate::ProcessResult result = generate::RunProcess({compiler, "-dumpversion"});
  if (result.exit_code != 0) throw std::runtime_error(compiler + " -dumpversion: " + result.output);
  return "gcc " + result.output.substr(0, result.output.find_first_of(".\n"));
}

}  // namespace adze::indexer
