// SPDX-License-Identifier: Apache-2.0
// Leaving out, linking, asking.
#include "cropper/prove/prove.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "cropper/generate/build.h"
#include "cropper/generate/cmake_text.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "cropper/prove/questions.h"
#include "cropper/prove/relink.h"
#include "cropper/prove/removal.h"
#include "cropper/prove/static_trace.h"
#include "cropper/size/elf_file.h"
#include "cropper/verify/static_check.h"

namespace adze::prove {
namespace {

namespace fs = std::filesystem;

std::set<std::string> Exports(const size::ElfFile& library) {
  std::set<std::string> names;
  for (const size::Symbol& s : library.symbols) {
    if (s.dynamic && s.defined) names.insert(s.name);
  }
  return names;
}

class Prover {
 public:
  Prover(const generate::Sdk& sdk, const std::string& out)
      : relinker_(sdk, out),
        out_(relinker_.out()),
        plan_(generate::ReadPlanOf(out)),
        index_(index::LoadIndex(sdk.root, plan_.profile.arch)),
        questions_(QuestionsOf(plan_, out_)) {
    for (const plan::PlanModel& m : plan_.models) models_[m.name] = generate::ReadFile(out_ + "/models/" + m.name);
  }

  // Everything kept, by the same way: where this differs from the crop itself, a difference later on would prove nothing.
  void Control() {
    RequireUnits(plan_, index_);
    const Linked all = relinker_.LinkPlan(plan_, relinker_.Scratch("control"));
    if (!all.library.ok || !all.harness.ok)
      throw std::runtime_error("the crop does not link again: " + all.library.message + all.harness.message);
    const size::ElfFile library = size::ReadElf(all.library_path());
    if (generate::ReadFile(all.library_path()) != generate::ReadFile(generate::LibraryPath(out_))) {
      throw std::runtime_error(generate::LibraryPath(out_) + " is not what its recorded commands link; build the crop again");
    }
    exports_ = Exports(library);
    bytes_ = library.AllocBytes();
    for (const Question& q : questions_) {
      answers_.push_back(Tell(q, all.harness_path(), plan_));
      const Answer crop = Tell(q, generate::HarnessPath(out_), plan_);
      if (!Difference(crop, answers_.back()).empty() || (!q.level.empty() && crop.exit_code != 0)) {
        throw std::runtime_error("the crop does not answer alike twice, or refuses a model of its own: " + q.words + ": " + crop.text);
      }
    }
  }

  Finding ProveAtom(const plan::Atom& atom, size_t job) const {
    Finding finding;
    finding.kind = plan::AtomKindName(atom.kind);
    finding.name = atom.id;
    const plan::Plan less = Without(plan_, atom, index_);
    const Linked linked = relinker_.LinkPlan(less, relinker_.Scratch("atom" + std::to_string(job)));
    finding.bytes = BytesLost(linked);
    if (!linked.library.ok || !linked.harness.ok) {
      finding.how = "the library does not link: " + (linked.library.ok ? linked.harness.message : linked.library.message);
    } else {
      finding.how = FirstDifference(atom, less, linked.harness_path());
    }
    Judge(&finding);
    fs::remove_all(linked.folder);
    return finding;
  }

  // `source` as in crop.json: "src/...".
  Finding ProveObject(const std::string& source, size_t job) const {
    Finding finding;
    finding.kind = "object";
    finding.name = source;
    const std::string folder = relinker_.Scratch("object" + std::to_string(job));
    std::vector<std::string> objects;
    for (const std::string& s : Sources()) {
      if (s != source) objects.push_back(Relinker::ObjectOf(s));
    }
    Linked linked = relinker_.LinkObjects(objects, folder);
    finding.bytes = BytesLost(linked);
    if (!linked.library.ok) {
      finding.how = "the library does not link: " + linked.library.message;
    } else {
      const std::set<std::string> left = Exports(size::ReadElf(linked.library_path()));
      for (const std::string& name : exports_) {
        if (left.count(name) == 0 && finding.how.empty()) finding.how = "the library no longer exports " + name;
      }
      if (finding.how.empty() && linked.harness.ok) finding.how = FirstOtherBits(linked.harness_path(), folder);
    }
    Judge(&finding);
    fs::remove_all(folder);
    return finding;
  }

  const plan::Plan& plan() const { return plan_; }
  const std::vector<Question>& questions() const { return questions_; }
  uint64_t bytes() const { return bytes_; }

  std::vector<std::string> Sources() const {
    std::vector<std::string> sources;
    for (const plan::PlannedUnit& u : plan_.units) sources.push_back("src/" + u.path);
    sources.push_back(generate::kTableUnit);
    return sources;
  }

 private:
  Answer Tell(const Question& q, const std::string& harness, const plan::Plan& plan) const {
    if (q.runs_here) return Ask(plan_.profile, harness, q);
    Level level = Level::kReference;
    plan::LevelFromName(q.level, &level);
    if (std::count(plan.levels.begin(), plan.levels.end(), level) == 0) return {4, "no level " + q.level};
    return {0, StaticTrace(models_.at(q.model), q.model, generate::PlannedRows(plan), level)};
  }

  // Those whose nodes asked for the atom come first.
  std::string FirstDifference(const plan::Atom& atom, const plan::Plan& less, const std::string& harness) const {
    std::vector<size_t> order;
    for (size_t i = 0; i < questions_.size(); ++i) order.push_back(i);
    std::stable_partition(order.begin(), order.end(), [&](size_t i) {
      return std::any_of(atom.reasons.begin(), atom.reasons.end(), [&](const plan::Reason& r) {
        return r.model == questions_[i].model && (r.level.empty() || r.level == questions_[i].level);
      });
    });
    for (const size_t i : order) {
      const std::string difference = Difference(answers_[i], Tell(questions_[i], harness, less));
      if (!difference.empty()) return questions_[i].words + ": " + difference + (questions_[i].runs_here ? "" : " (by selection)");
    }
    return "";
  }

  std::string FirstOtherBits(const std::string& harness, const std::string& folder) const {
    for (const Question& q : questions_) {
      if (!q.runs_here) continue;
      const Answer with = AskForBits(plan_.profile, generate::HarnessPath(out_), q, folder + "/bits");
      const std::string difference = Difference(with, AskForBits(plan_.profile, harness, q, folder + "/bits"));
      if (!difference.empty()) return q.words + ": " + difference;
    }
    return "";
  }

  int64_t BytesLost(const Linked& linked) const {
    if (!linked.library.ok) return 0;
    return static_cast<int64_t>(bytes_) - static_cast<int64_t>(size::ReadElf(linked.library_path()).AllocBytes());
  }

  void Judge(Finding* finding) const {
    finding->slack = finding->how.empty();
    if (finding->slack) finding->how = "nothing changes in " + std::to_string(questions_.size()) + " questions";
  }

  Relinker relinker_;
  std::string out_;
  plan::Plan plan_;
  index::Index index_;
  std::vector<Question> questions_;
  std::vector<Answer> answers_;
  std::map<std::string, std::string> models_;
  std::set<std::string> exports_;
  uint64_t bytes_ = 0;
};

// Calls `work(i)` for i below n from several threads; throws what the first failing one threw.
void InParallel(size_t n, int jobs, const std::function<void(size_t)>& work) {
  std::atomic<size_t> next{0};
  std::exception_ptr failure;
  std::mutex mutex;
  const auto loop = [&] {
    for (size_t i = next++; i < n; i = next++) {
      try {
        work(i);
      } catch (...) {
        const std::lock_guard<std::mutex> lock(mutex);
        if (failure == nullptr) failure = std::current_exception();
        next = n;
      }
    }
  };
  std::vector<std::thread> threads;
  for (int t = 1; t < jobs; ++t) threads.emplace_back(loop);
  loop();
  for (std::thread& t : threads) t.join();
  if (failure != nullptr) std::rethrow_exception(failure);
}

}  // namespace

bool Proof::ok() const {
  const auto tight = [](const Finding& f) { return !f.slack; };
  return failures.empty() && std::all_of(atoms.begin(), atoms.end(), tight) && std::all_of(objects.begin(), objects.end(), tight);
}

Proof Prove(const generate::Sdk& sdk, const std::string& out, const ProveOptions& options) {
  const auto progress = [&](const std::string& what) {
    if (options.progress) options.progress(what);
  };
  RequireModels(out);
  progress("building the crop");
  generate::Build(out, {{}, options.jobs, {}, progress});
  Proof proof;
  proof.failures = verify::CheckStatic(out).failures;
  if (!proof.failures.empty()) return proof;
  Prover prover(sdk, out);
  progress("linking the crop again");
  prover.Control();
  proof.library_bytes = prover.bytes();
  proof.questions = static_cast<int>(prover.questions().size());
  for (const Question& q : prover.questions()) proof.static_questions += q.runs_here ? 0 : 1;
  const std::vector<plan::Atom>& atoms = prover.plan().atoms;
  const std::vector<std::string> sources = prover.Sources();
  proof.atoms.resize(atoms.size());
  proof.objects.resize(sources.size());
  const size_t all = atoms.size() + sources.size();
  std::atomic<size_t> done{0};
  std::mutex mutex;
  const int jobs = options.jobs > 0 ? options.jobs : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  InParallel(all, jobs, [&](size_t i) {
    if (i < atoms.size()) {
      proof.atoms[i] = prover.ProveAtom(atoms[i], i);
    } else {
      proof.objects[i - atoms.size()] = prover.ProveObject(sources[i - atoms.size()], i);
    }
    const std::lock_guard<std::mutex> lock(mutex);
    progress("proving " + std::to_string(++done) + " of " + std::to_string(all));
  });
  return proof;
}

}  // namespace adze::prove
