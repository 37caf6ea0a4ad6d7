// SPDX-License-Identifier: Apache-2.0
// Configuring each toolchain, running Ninja once, and putting the parts of every crop where its own build would have left them.
#include "cropper/generate/matrix_build.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "cropper/generate/cmake_text.h"
#include "cropper/generate/configure.h"
#include "cropper/generate/files.h"
#include "cropper/generate/prefix.h"

namespace adze::generate {
namespace {

namespace fs = std::filesystem;

void ReplaceAll(const std::string& from, const std::string& to, std::string* text) {
  for (size_t at = 0; (at = text->find(from, at)) != std::string::npos; at += to.size()) text->replace(at, from.size(), to);
}

bool StartsWith(const std::string& s, const std::string& start) { return s.compare(0, start.size(), start) == 0; }

std::string ToolchainOf(const std::string& root, const MatrixGroup& group, const BuildOptions& options) {
  if (!options.toolchain.empty()) return fs::absolute(options.toolchain).lexically_normal().string();
  const std::string own = root + "/" + MatrixToolchain(group);
  return fs::exists(own) ? own : "";
}

// Has CMake something to read that it has not read yet?
bool Outdated(const std::string& root, const MatrixGroup& group, const std::string& toolchain) {
  const std::string graph = root + "/build/" + group.name + "/build.ninja";
  std::vector<std::string> read = {root + "/CMakeLists.txt", root + "/" + group.name + ".cmake"};
  for (const MatrixCrop* crop : group.crops) read.push_back(root + "/crops/" + crop->folder + "/CMakeLists.txt");
  if (!toolchain.empty()) read.push_back(toolchain);
  return !fs::exists(graph) || std::any_of(read.begin(), read.end(),
                                           [&](const std::string& file) { return fs::last_write_time(file) > fs::last_write_time(graph); });
}

// The rule that runs CMake again is left out of the graph: projects of one graph may not name the same input files. It is done here.
void ConfigureGroup(const std::string& root, const MatrixGroup& group, const std::string& toolchain, const ProcessOptions& process) {
  Configuration c;
  c.source = root;
  c.build = root + "/build/" + group.name;
  c.toolchain = toolchain;
  c.more = {"-DADZE_GROUP=" + group.name, "-DCMAKE_NINJA_OUTPUT_PATH_PREFIX=" + group.name + "/", "-DCMAKE_SUPPRESS_REGENERATION=ON"};
  c.outdated = Outdated(root, group, toolchain);
  std::string crops;
  for (const MatrixCrop* crop : group.crops) crops += (crops.empty() ? "" : ", ") + crop->folder;
  Configure(c, process, "configuring the build of " + crops);
}

void CopyBuilt(const std::string& from, const std::string& to) {
  WriteFile(to, ReadFile(from));
  fs::permissions(to, fs::status(from).permissions());
}

// What a crop's own build leaves in its build folder, under the same names.
void PutParts(const std::string& build, const MatrixGroup& group, const MatrixCrop& crop, const std::string& out) {
  const std::string from = build + "/" + MatrixOutputs(group, crop);
  for (const std::string& product : {LibraryPath(out), HarnessPath(out)}) CopyBuilt(from + fs::path(product).filename().string(), product);
  const std::string units = MatrixUnitObjects(group), table = MatrixTableObjects(group, crop);
  for (const plan::PlannedUnit& u : crop.plan.units) {
    CopyBuilt(build + "/" + units + "src/" + u.path + ".o", ObjectPath(out, "src/" + u.path));
  }
  CopyBuilt(build + "/" + table + kTableUnit + ".o", ObjectPath(out, kTableUnit));
  std::string map = ReadFile(from + fs::path(MapPath(out)).filename().string());
  const std::string here = fs::relative(ObjectPath(out, ""), out + "/build").parent_path().string() + "/";
  ReplaceAll(table, here, &map);
  ReplaceAll(units, here, &map);
  ReplaceAll(MatrixOutputs(group, crop), "", &map);
  WriteFile(MapPath(out), map);
}

// Does the crop need this output of a step?
bool Needs(const MatrixGroup& group, const MatrixCrop& crop, const std::string& output) {
  if (StartsWith(output, MatrixOutputs(group, crop)) || StartsWith(output, MatrixHarnessObjects(group))) return true;
  return std::any_of(crop.plan.units.begin(), crop.plan.units.end(),
                     [&](const plan::PlannedUnit& u) { return output == MatrixUnitObjects(group) + "src/" + u.path + ".o"; });
}

// The name of an output as the reader of a message knows it: the source of an object, the name of a product.
std::string NameOf(const std::string& output) {
  constexpr char kObjects[] = ".dir/";
  const size_t at = output.find(kObjects);
  if (at == std::string::npos) return fs::path(output).filename().string();
  const std::string source = output.substr(at + sizeof kObjects - 1);
  return source.substr(0, source.rfind(".o"));
}

std::string WhyFailed(const MatrixGroup& group, const MatrixCrop& crop, const std::vector<FailedStep>& steps, const std::string& output) {
  std::string why;
  for (const FailedStep& step : steps) {
    if (step.outputs.empty() || !Needs(group, crop, step.outputs.front())) continue;
    why += (why.empty() ? "" : "\n") + NameOf(step.outputs.front()) + ": " + LastLines(step.words);
  }
  return "building failed: " + (why.empty() ? LastLines(output) : why);
}

// Is nothing left to do for the crop? Asked of Ninja itself.
bool IsWhole(const std::string& build, const MatrixCrop& crop) {
  const ProcessResult r = RunProcess({"ninja", "-C", build, "-n", MatrixGoal(crop)});
  return r.exit_code == 0 && r.output.find("ninja: no work to do") != std::string::npos;
}

}  // namespace

std::vector<FailedStep> FailedSteps(const std::string& output) {
  constexpr char kFailed[] = "FAILED: ";
  std::vector<FailedStep> steps;
  std::istringstream lines(output);
  bool in_step = false, command = false;
  for (std::string line; std::getline(lines, line);) {
    if (StartsWith(line, kFailed)) {
      std::istringstream words(line.substr(sizeof kFailed - 1));
      steps.emplace_back();
      for (std::string word; words >> word;) steps.back().outputs.push_back(word);
      in_step = command = true;
    } else if (command) {
      command = false;
    } else if (line[0] == '[' || StartsWith(line, "ninja: ")) {
      in_step = false;
    } else if (in_step) {
      steps.back().words += (steps.back().words.empty() ? "" : "\n") + line;
    }
  }
  return steps;
}

MatrixBuilt BuildMatrix(const Sdk& sdk, const std::string& out, const std::vector<MatrixCrop>& crops, const BuildOptions& options) {
  MatrixBuilt built;
  fs::create_directories(out + "/" + kMatrixFolder);
  const SafeFolder folder(out + "/" + kMatrixFolder, "build");
  const std::string& root = folder.path();
  const std::string build = root + "/build";
  const std::vector<MatrixGroup> groups = GroupCrops(crops, !options.toolchain.empty());
  for (const auto& [path, bytes] : MatrixFiles(sdk, groups)) WriteFile(root + "/" + path, bytes);
  ProcessOptions process = BuilderProcess(root, out, options.progress);
  std::vector<const MatrixGroup*> configured;
  for (const MatrixGroup& group : groups) {
    try {
      ConfigureGroup(root, group, ToolchainOf(root, group, options), process);
      configured.push_back(&group);
    } catch (const std::runtime_error& e) {
      for (const MatrixCrop* crop : group.crops) built.failures[crop->folder] = e.what();
    }
  }
  if (configured.empty()) return built;
  WriteFile(build + "/build.ninja", MatrixGraph(configured));
  process.on_line = [&, told = process.on_line](const std::string& line) {
    built.compiled += std::any_of(configured.begin(), configured.end(), [&](const MatrixGroup* group) {
      return line[0] == '[' && line.find(" object " + MatrixUnitObjects(*group)) != std::string::npos;
    });
    told(line);
  };
  const ProcessResult ninja = RunProcess({"ninja", "-C", build, "-k", "0", "-j", JobsText(options.jobs)}, process);
  const std::vector<FailedStep> failed = FailedSteps(ninja.output);
  for (const MatrixGroup* group : configured) {
    built.units += group->units.size();
    for (const MatrixCrop* crop : group->crops) {
      built.uses += crop->plan.units.size();
      if (ninja.exit_code != 0 && !IsWhole(build, *crop)) {
        built.failures[crop->folder] = WhyFailed(*group, *crop, failed, ninja.output);
        continue;
      }
      PutParts(build, *group, *crop, out + "/" + crop->folder);
      built.build_of[crop->folder] = out + "/" + kMatrixFolder + "/build/" + group->name;
    }
  }
  return built;
}

}  // namespace adze::generate
