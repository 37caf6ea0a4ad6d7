// SPDX-License-Identifier: Apache-2.0
// Runs and refusals, watched.
#include "cropper/prove/executed.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "cropper/generate/build.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "cropper/prove/damage.h"
#include "cropper/prove/entered.h"
#include "cropper/prove/questions.h"
#include "cropper/prove/relink.h"
#include "cropper/prove/removal.h"
#include "cropper/size/link_map.h"
#include "cropper/verify/demangled.h"

namespace adze::prove {
namespace {

namespace fs = std::filesystem;

constexpr int kChangesNatively = 60, kChangesEmulated = 16;  // changed copies of each model: a run takes 3 ms, or 60 under an emulator

// A function across links: the source of its object, and its section.
using FunctionId = std::pair<std::string, std::string>;

// "src/..." of an object of the crop or of the table that was compiled anew; "" for others.
std::string SourceOf(const std::string& object) {
  constexpr char kObjects[] = "adze_objects.dir/";
  const size_t at = object.find(kObjects);
  if (at == std::string::npos) return "";
  const std::string source = object.substr(at + sizeof kObjects - 1);
  return source.substr(0, source.rfind(".o"));
}

bool IsCode(const std::string& section) { return section.compare(0, 6, ".text.") == 0; }

std::string NameOf(std::string section) {
  section.erase(0, 6);
  for (const char* group : {"unlikely.", "startup.", "hot."}) {
    if (section.compare(0, std::string(group).size(), group) == 0) section.erase(0, std::string(group).size());
  }
  return verify::Demangled(section);
}

class Watcher {
 public:
  Watcher(const generate::Sdk& sdk, const std::string& out, const std::function<void(const std::string&)>& progress)
      : relinker_(sdk, out),
        plan_(generate::ReadPlanOf(out)),
        index_(index::LoadIndex(sdk.root, plan_.profile.arch)),
        progress_(progress),
        scratch_(relinker_.Scratch("executed")) {}

  Executed Watch() {
    RequireUnits(plan_, index_);
    const Linked crop = Link(plan_, "crop");
    for (const size::Placement& p : size::ParseLinkMap(generate::ReadFile(crop.library_map()))) {
      if (IsCode(p.section) && !SourceOf(p.object).empty()) functions_[{SourceOf(p.object), p.section}] += p.bytes;
    }
    RunEverything(crop);
    if (result_.runs == 0) throw plan::InputError(relinker_.out() + ": this machine runs none of the crop's levels");
    RefuseDamage(crop);
    RefuseWithoutRows();
    for (const auto& [id, bytes] : functions_) {
      FunctionUse f;
      f.unit = id.first;
      f.name = NameOf(id.second);
      f.bytes = bytes;
      f.use = Use::kExecuted;
      result_.functions.push_back(entered_.count(id) > 0 ? f : Judged(f));
    }
    std::stable_sort(result_.functions.begin(), result_.functions.end(),
                     [](const FunctionUse& a, const FunctionUse& b) { return a.use != b.use ? a.use < b.use : a.bytes > b.bytes; });
    return result_;
  }

 private:
  Linked Link(const plan::Plan& plan, const std::string& name) const {
    Linked linked = relinker_.LinkPlan(plan, relinker_.Scratch("executed/" + name), Style::kMapped);
    if (!linked.library.ok || !linked.harness.ok)
      throw std::runtime_error("the crop does not link again: " + linked.library.message + linked.harness.message);
    return linked;
  }

  void Run(const Linked& linked, std::vector<std::string> args, bool refusal) {
    if (ranges_of_ != linked.folder) {
      ranges_.clear();
      ids_.clear();
      for (const size::Placement& p : size::ParseLinkMap(generate::ReadFile(linked.harness_map()))) {
        if (!IsCode(p.section) || SourceOf(p.object).empty()) continue;
        ranges_.push_back({p.address, p.bytes});
        ids_.emplace_back(SourceOf(p.object), p.section);
      }
      ranges_of_ = linked.folder;
    }
    args.insert(args.begin(), linked.harness_path());
    for (const size_t i : RangesEntered(plan_.profile.emulator, args, ranges_, scratch_)) entered_.insert(ids_[i]);
    ++result_.runs;
    result_.refusals += refusal ? 1 : 0;
    progress_("watching run " + std::to_string(result_.runs));
  }

  // Every model at every level that runs here; and what a caller asks wrongly.
  void RunEverything(const Linked& crop) {
    for (const Question& q : QuestionsOf(plan_, relinker_.out())) {
      if (!q.runs_here) continue;
      if (q.level.empty()) {
        if (result_.runs > 0) Run(crop, q.args, true);
        continue;
      }
      std::vector<std::string> args = q.args;
      args.erase(std::remove(args.begin(), args.end(), "--list"), args.end());
      args.insert(args.end(), {"--lo", "-1", "--hi", "1", "--output-dir", scratch_});
      Run(crop, args, false);
      Run(crop, q.args, false);
      if (plan_.profile.threads) {
        args.insert(args.end(), {"--threads", "3", "--repeat", "3"});
        Run(crop, args, false);
      }
    }
  }

  void Refuse(const Linked& crop, const std::string& bytes) {
    const std::string path = scratch_ + "/refused.adze";
    generate::WriteFile(path, bytes);
    Run(crop, {path, "--list"}, true);
  }

  void RefuseDamage(const Linked& crop) {
    const int changes = plan_.profile.emulator.empty() ? kChangesNatively : kChangesEmulated;
    for (const plan::PlanModel& m : plan_.models) {
      const std::string bytes = generate::ReadFile(relinker_.out() + "/models/" + m.name);
      for (const std::string& copy : DamagedCopies(bytes, changes)) Refuse(crop, copy);
    }
  }

  // A library without a row of each kind, asked for a model that needs it.
  void RefuseWithoutRows() {
    for (const plan::AtomKind kind : {plan::AtomKind::kOp, plan::AtomKind::kKernel, plan::AtomKind::kUkernel}) {
      const auto atom = std::find_if(plan_.atoms.begin(), plan_.atoms.end(), [&](const plan::Atom& a) { return a.kind == kind; });
      if (atom == plan_.atoms.end() || atom->reasons.empty()) continue;
      const Linked less = Link(Without(plan_, *atom, index_), plan::AtomKindName(kind));
      std::vector<std::string> args = {relinker_.out() + "/models/" + atom->reasons[0].model, "--list"};
      if (!atom->reasons[0].level.empty()) args.insert(args.end(), {"--level", atom->reasons[0].level});
      Run(less, args, true);
    }
  }

  Relinker relinker_;
  plan::Plan plan_;
  index::Index index_;
  const std::function<void(const std::string&)>& progress_;
  std::string scratch_;
  std::map<FunctionId, uint64_t> functions_;
  std::set<FunctionId> entered_;
  std::string ranges_of_;
  std::vector<CodeRange> ranges_;
  std::vector<FunctionId> ids_;
  Executed result_;
};

}  // namespace

const char* UseName(Use use) {
  constexpr const char* kNames[] = {"executed", "error path", "interface", "slack"};
  return kNames[static_cast<size_t>(use)];
}

uint64_t Executed::BytesOf(Use use) const {
  uint64_t sum = 0;
  for (const FunctionUse& f : functions) sum += f.use == use ? f.bytes : 0;
  return sum;
}

uint64_t Executed::bytes() const {
  uint64_t sum = 0;
  for (const FunctionUse& f : functions) sum += f.bytes;
  return sum;
}

Executed WatchExecution(const generate::Sdk& sdk, const std::string& out, const std::function<void(const std::string&)>& progress) {
  const std::function<void(const std::string&)> told = [&](const std::string& what) {
    if (progress) progress(what);
  };
  RequireModels(out);
  told("building the crop");
  generate::Build(out, {{}, 0, {}, told});
  return Watcher(sdk, out, told).Watch();
}

}  // namespace adze::prove
