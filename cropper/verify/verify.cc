// SPDX-License-Identifier: Apache-2.0
// Full against crop: objects, outputs, traces.
#include "cropper/verify/verify.h"

#include <sys/utsname.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "cropper/generate/build.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "cropper/generate/process.h"
#include "cropper/generate/sha256.h"
#include "cropper/index/index.h"
#include "cropper/plan/open_model.h"
#include "cropper/verify/static_check.h"
#include "runtime/platform/cpu.h"

namespace adze::verify {
namespace {

namespace fs = std::filesystem;

constexpr char kTrace[] = "trace.tsv";

// One run of an adze-run: its trace and its output files.
struct RunOutput {
  int exit_code = 0;
  std::string text;
  std::string trace;
  std::map<std::string, std::string> files;  // inputs and outputs
};

RunOutput RunModel(const plan::Profile& profile, const std::string& program, const std::string& model, const std::string& level,
                   const plan::ShapeArguments& shape, const std::string& directory) {
  fs::remove_all(directory);
  fs::create_directories(directory);
  std::vector<std::string> argv = profile.emulator;
  // The harness makes the inputs: the same numbers on every machine.
  argv.insert(argv.end(), {program, model, "--lo", "-1", "--hi", "1", "--save-inputs", "--output-dir", directory, "--level", level,
                           "--trace", directory + "/" + kTrace});
  argv.insert(argv.end(), shape.begin(), shape.end());
  const generate::ProcessResult r = generate::RunProcess(argv);
  RunOutput out;
  out.exit_code = r.exit_code;
  out.text = r.output;
  for (const fs::directory_entry& e : fs::directory_iterator(directory)) {
    out.files[e.path().filename().string()] = generate::ReadFile(e.path().string());
  }
  out.trace = out.files[kTrace];
  out.files.erase(kTrace);
  return out;
}

std::string FirstLines(const std::string& text) {
  constexpr size_t kShown = 600;
  return text.size() > kShown ? text.substr(0, kShown) + "..." : text;
}

// Where two runs differ, in words; "" if nowhere.
std::string Difference(const RunOutput& full, const RunOutput& crop) {
  if (full.exit_code != 0) return "the full runtime fails (exit " + std::to_string(full.exit_code) + "): " + FirstLines(full.text);
  if (crop.exit_code != 0) return "the crop fails (exit " + std::to_string(crop.exit_code) + "): " + FirstLines(crop.text);
  std::istringstream a(full.trace), b(crop.trace);
  std::string line_a, line_b;
  for (int n = 1;; ++n) {
    const bool more_a = static_cast<bool>(std::getline(a, line_a));
    const bool more_b = static_cast<bool>(std::getline(b, line_b));
    if (!more_a && !more_b) break;
    if (more_a != more_b || line_a != line_b) {
      return "kernel traces differ at line " + std::to_string(n) + ": full '" + (more_a ? line_a : "") + "', crop '" +
             (more_b ? line_b : "") + "'";
    }
  }
  if (full.trace.empty() && !full.files.empty()) return "the runs left no trace";
  if (full.files.size() != crop.files.size() || full.files.empty()) return "the runs wrote different sets of outputs";
  for (const auto& [name, bytes] : full.files) {
    const auto other = crop.files.find(name);
    if (other == crop.files.end()) return "the crop wrote no " + name;
    if (other->second == bytes) continue;
    const size_t n = std::min(bytes.size(), other->second.size());
    const size_t at = static_cast<size_t>(
        std::mismatch(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(n), other->second.begin()).first - bytes.begin());
    return "outputs differ: " + name + " at byte " + std::to_string(at);
  }
  return "";
}

std::string HostArch() {
  struct utsname u;
  return uname(&u) == 0 ? u.machine : "";
}

// Units that both builds hold are the same objects: same source, same flags, same compiler.
void CompareObjects(const std::string& full, const std::string& out, VerifyResult* result) {
  std::set<std::string> in_full;
  for (const plan::PlannedUnit& u : generate::ReadPlanOf(full).units) in_full.insert(u.path);
  for (const plan::PlannedUnit& u : generate::ReadPlanOf(out).units) {
    const std::string source = "src/" + u.path;
    if (in_full.count(u.path) == 0) {
      result->failures.push_back("unit " + source + " is in the crop but not in the full runtime");
      continue;
    }
    const std::string a = generate::ObjectPath(full, source), b = generate::ObjectPath(out, source);
    if (!fs::exists(a) || !fs::exists(b)) {
      result->failures.push_back("the object of " + source + " is missing in " + (fs::exists(a) ? out : full));
    } else if (generate::ReadFile(a) != generate::ReadFile(b)) {
      result->failures.push_back("the object of " + source +
                                 " differs from the full runtime's: edited, or from other sources or flags than this SDK's; crop again");
    } else {
      ++result->equal_objects;
    }
  }
}

class Comparison {
 public:
  Comparison(const plan::Plan& plan, const std::string& full, const std::string& out) : plan_(plan), full_(full), out_(out) {}

  // Runs one model at every level with every shape; golden outputs come from the first level that runs here.
  void Model(const std::string& file, std::vector<RunResult>* runs) {
    const std::string path = out_ + "/models/" + file;
    const std::vector<plan::ShapeArguments> shapes = plan::ShapesToAskFor(generate::ReadFile(path), file);
    bool have_golden = false;
    for (const Level level : plan_.levels) {
      RunResult r;
      r.model = file;
      r.level = LevelName(level);
      r.ran = RunsHere(plan_.profile, level);
      for (size_t k = 0; r.ran && r.failure.empty() && k < shapes.size(); ++k) {
        const RunOutput crop = Run(path, level, shapes[k], &r);
        if (!r.failure.empty() && !shapes[k].empty()) r.failure += " (at " + shapes[k].back() + ")";
        if (have_golden || !r.failure.empty()) continue;
        const std::string golden = "golden/" + file.substr(0, file.rfind('.')) + (k == 0 ? "" : "/shape_" + std::to_string(k));
        for (const auto& [name, bytes] : crop.files) Keep(golden + "/" + name, bytes);
      }
      have_golden = have_golden || (r.ran && r.failure.empty());
      runs->push_back(r);
    }
  }

  // Records the golden files in crop.json.
  void Record() const {
    nlohmann::json crop = generate::ReadCrop(out_);
    crop["golden"] = golden_;
    generate::WriteFile(out_ + "/crop.json", crop.dump(2) + "\n");
  }

 private:
  RunOutput Run(const std::string& path, Level level, const plan::ShapeArguments& shape, RunResult* r) const {
    const std::string scratch = out_ + "/.verify/";
    const RunOutput full = RunModel(plan_.profile, generate::HarnessPath(full_), path, LevelName(level), shape, scratch + "out_full");
    RunOutput crop = RunModel(plan_.profile, generate::HarnessPath(out_), path, LevelName(level), shape, scratch + "out_crop");
    r->failure = Difference(full, crop);
    r->trace_lines += static_cast<int>(std::count(crop.trace.begin(), crop.trace.end(), '\n'));
    for (const auto& [name, bytes] : crop.files) r->output_bytes += name.compare(0, 6, "output") == 0 ? bytes.size() : 0;
    return crop;
  }

  void Keep(const std::string& path, const std::string& bytes) {
    generate::WriteFile(out_ + "/" + path, bytes);
    golden_[path] = generate::Sha256Hex(bytes);
  }

  const plan::Plan& plan_;
  std::string full_, out_;
  std::map<std::string, std::string> golden_;
};

}  // namespace

const char* TierName(Tier tier) {
  constexpr const char* kNames[] = {"static", "emulator", "host"};
  return kNames[static_cast<int>(tier)];
}

bool RunsHere(const plan::Profile& profile, Level level) {
  if (!profile.emulator.empty()) return !generate::FindProgram(profile.emulator[0]).empty();
  return HostArch() == profile.arch && CpuOffers(level);
}

bool VerifyResult::ok() const {
  return failures.empty() && std::all_of(runs.begin(), runs.end(), [](const RunResult& r) { return r.failure.empty(); });
}

VerifyResult Verify(const generate::Sdk& sdk, const std::string& out, const VerifyOptions& options) {
  const auto progress = [&](const std::string& what) {
    if (options.progress) options.progress(what);
  };
  const plan::Plan plan = generate::ReadPlanOf(out);
  progress("building the crop");
  generate::Build(out, {{}, 0, options.toolchain, options.progress});
  VerifyResult result;
  const StaticResult statics = CheckStatic(out);
  result.failures = statics.failures;
  result.units = statics.units;
  result.rows = statics.rows;
  const std::string full = options.full_dir.empty() ? out + "/.verify/full" : options.full_dir;
  progress("building the full runtime");
  plan::Profile unprefixed = plan.profile;  // one full runtime serves all crops of a profile: a prefix changes no object
  unprefixed.prefix.clear();
  generate::Generate(sdk, plan::FullPlan(unprefixed, index::LoadIndex(sdk.root, plan.profile.arch)), {}, full);
  generate::Build(full, {{"adze-run"}, 0, options.toolchain, options.progress});
  CompareObjects(full, out, &result);
  Comparison comparison(plan, full, out);
  const nlohmann::json crop = generate::ReadCrop(out);
  for (const nlohmann::json& m : crop.at("models")) {
    const std::string file = fs::path(m.at("file").get<std::string>()).filename().string();
    progress("running " + file);
    comparison.Model(file, &result.runs);
  }
  const bool ran = std::any_of(result.runs.begin(), result.runs.end(), [](const RunResult& r) { return r.ran; });
  if (ran) result.tier = plan.profile.emulator.empty() ? Tier::kHost : Tier::kEmulator;
  if (result.ok()) comparison.Record();
  return result;
}

}  // namespace adze::verify
