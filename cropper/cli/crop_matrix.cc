// SPDX-License-Identifier: Apache-2.0
// cropper crop --matrix: all pairs are planned, those that can be are built in one graph, and every failure is told with its pair.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cropper/cli/command.h"
#include "cropper/cli/cropping.h"
#include "cropper/cli/models.h"
#include "cropper/generate/configure.h"
#include "cropper/generate/matrix_build.h"
#include "cropper/plan/matrix.h"

namespace adze::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Pair {
  plan::MatrixEntry entry;
  CropOptions options;
  CropOutcome outcome;
  nlohmann::json said;  // what there is to say of it
  double seconds = 0;   // of its own steps; those of the graph belong to all
  int code = kOk;
  std::string error;
};

double Since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

void Fail(Pair* pair, int code, const std::string& error) {
  pair->code = code;
  pair->error = error;
}

// A step of one pair: what it throws is that pair's failure.
template <typename Step>
void Try(Pair* pair, const Step& step) {
  const Clock::time_point start = Clock::now();
  try {
    step();
  } catch (const plan::InputError& e) {
    Fail(pair, kBadInput, e.what());
  } catch (const std::filesystem::filesystem_error& e) {
    Fail(pair, kBadInput, e.what());
  } catch (const std::exception& e) {
    Fail(pair, kInternal, e.what());
  }
  pair->seconds += Since(start);
}

std::vector<Pair> PlanPairs(const CropOptions& o) {
  std::vector<Pair> pairs;
  for (plan::MatrixEntry& entry : plan::ParseMatrix(ReadModel(o.matrix), o.matrix)) {
    Pair pair;
    pair.options = o;
    pair.options.planning.models = entry.models;
    pair.options.planning.profile = entry.profile_path;
    pair.options.planning.prefix = entry.prefix;
    pair.options.output = o.output + "/" + entry.folder;
    pair.said = {{"set", entry.set}, {"profile", entry.profile}, {"output", pair.options.output}};
    pair.entry = std::move(entry);
    Try(&pair, [&] {
      pair.outcome = WriteCrop(pair.options);
      pair.said.update(WrittenJson(pair.options, pair.outcome));
      for (generate::CropModel& m : pair.outcome.planned.models) std::vector<uint8_t>().swap(m.bytes);  // written; many crops are at hand
    });
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

generate::MatrixBuilt BuildPairs(const CropOptions& o, std::vector<Pair>* pairs) {
  std::vector<generate::MatrixCrop> crops;
  for (const Pair& pair : *pairs) {
    if (pair.code == kOk) crops.push_back({pair.entry.folder, pair.outcome.planned.plan});
  }
  if (crops.empty()) return {};
  Progress("building " + o.output);
  generate::MatrixBuilt built =
      generate::BuildMatrix(generate::FindSdk(o.planning.sdk), o.output, crops, {{}, o.jobs, o.toolchain, Progress});
  for (Pair& pair : *pairs) {
    if (pair.code != kOk) continue;
    const auto failed = built.failures.find(pair.entry.folder);
    if (failed != built.failures.end()) {
      Fail(&pair, kInternal, failed->second);
      continue;
    }
    Try(&pair, [&] {
      FinishCrop(pair.options, built.build_of.at(pair.entry.folder), &pair.outcome);
      nlohmann::json said = BuiltJson(pair.options, pair.outcome);
      said.erase("models");  // said before
      pair.said.update(said);
      const std::vector<std::string> failures = Failures(pair.outcome);
      for (const std::string& f : failures) pair.error += (pair.error.empty() ? "" : "\n") + f;
      if (!failures.empty()) pair.code = kCheckFailed;
    });
  }
  return built;
}

// What failed in several pairs for one reason is told once.
void PrintFailures(const std::vector<Pair>& pairs) {
  std::vector<std::pair<std::string, std::string>> told;  // error, pairs
  for (const Pair& pair : pairs) {
    if (pair.code == kOk) continue;
    const auto same = std::find_if(told.begin(), told.end(), [&](const auto& t) { return t.first == pair.error; });
    if (same == told.end()) {
      told.emplace_back(pair.error, pair.entry.folder);
    } else {
      same->second += ", " + pair.entry.folder;
    }
  }
  for (const auto& [error, folders] : told) std::fprintf(stderr, "cropper: %s: %s\n", folders.c_str(), error.c_str());
}

void Print(const CropOptions& o, std::vector<Pair>* pairs, const generate::MatrixBuilt& built, double seconds) {
  const auto failed = std::count_if(pairs->begin(), pairs->end(), [](const Pair& p) { return p.code != kOk; });
  nlohmann::json crops = nlohmann::json::array();
  for (Pair& pair : *pairs) {
    pair.said["seconds"] = pair.seconds;
    if (pair.code != kOk) pair.said["error"] = pair.error;
    crops.push_back(pair.said);
  }
  if (o.format == "json") {
    const nlohmann::json all = {{"crops", crops},       {"failed", failed},        {"seconds", seconds},
                                {"units", built.units}, {"unit_uses", built.uses}, {"units_compiled", built.compiled}};
    std::printf("%s\n", all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    return;
  }
  for (const nlohmann::json& c : crops) {
    const std::string result = c.contains("error") ? "FAILED"
                               : o.no_build        ? "written, not built"
                                                   : std::to_string(c.at("alloc_bytes").get<int64_t>()) + " bytes loaded";
    std::printf("%s: %s\n", c.at("output").get<std::string>().c_str(), result.c_str());
  }
  std::printf("%zu crops, %zu failed, %.1f s", pairs->size(), static_cast<size_t>(failed), seconds);
  if (!o.no_build) std::printf("; %zu units serve %zu times, %zu of them compiled now", built.units, built.uses, built.compiled);
  std::printf("\n");
}

}  // namespace

// The exit code is that of the worst failure: internal before bad input before a check.
int RunMatrix(const CropOptions& o) {
  const Clock::time_point start = Clock::now();
  if (!o.no_build) generate::RequireBuildPrograms();
  std::vector<Pair> pairs = PlanPairs(o);
  generate::MatrixBuilt built;
  if (!o.no_build) built = BuildPairs(o, &pairs);
  ProgressDone();
  PrintFailures(pairs);
  Print(o, &pairs, built, Since(start));
  int code = kOk;
  for (const Pair& pair : pairs) {
    if (pair.code != kOk) code = code == kOk ? pair.code : std::min(code, pair.code);
  }
  return code;
}

}  // namespace adze::cli
