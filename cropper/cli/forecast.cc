// SPDX-License-Identifier: Apache-2.0
// cropper forecast: what a crop will weigh, and what a change would do to it, without building it.
#include "cropper/size/forecast.h"

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cropper/check/check.h"
#include "cropper/cli/budget.h"
#include "cropper/cli/command.h"
#include "cropper/cli/planning.h"
#include "cropper/cli/what_if.h"
#include "cropper/size/difference.h"
#include "cropper/size/report.h"

namespace adze::cli {
namespace forecast_command {
namespace {

struct Options {
  PlanOptions planning;
  std::string out, toolchain, cache, by, format = "text";
  std::vector<std::string> what_if, budgets;
  std::vector<check::Limit> limits;  // of `budgets`
  int jobs = 0;
  bool FromFolder() const { return !out.empty(); }
};

struct Outcome {
  size::Toolchain toolchain;
  std::vector<std::string> notes;  // what makes the sums an estimate
  size_t compiled = 0;
  size::SizeRecord now, then;  // `then` is `now` without --what-if
  std::vector<size::Change> changes;
};

void RefuseContradictions(const Options& o) {
  const PlanOptions& p = o.planning;
  const bool whole = p.full || p.empty;
  if (o.FromFolder() == (!p.models.empty() || whole))
    throw plan::InputError("give either the folder of a crop, or --models FILE... (or --full, or --empty) and --profile NAME");
  if (o.FromFolder() && !(p.profile + p.prefix).empty())
    throw plan::InputError("--profile and --prefix go with --models; " + o.out + " has a profile of its own");
  if (!o.FromFolder() && p.profile.empty()) throw plan::InputError("--models, --full and --empty need --profile NAME too");
  if (whole && !o.what_if.empty()) throw plan::InputError("--what-if changes a crop of models: --full and --empty leave nothing to change");
}

// Which toolchain the forecast is for: the one asked for, else that of the folder's build, else the profile's.
generate::BuildTools ToolsOf(const Options& o, const plan::Profile& profile) {
  if (!o.toolchain.empty()) return generate::ToolsOfFile(o.toolchain);
  return o.FromFolder() ? generate::ToolsOfBuild(o.out + "/build", profile) : generate::ToolsFor(profile);
}

Outcome Run(const Options& o) {
  RefuseContradictions(o);
  const generate::Sdk sdk = generate::FindSdk(o.planning.sdk);
  Wanted wanted;
  plan::Plan plan;
  if (o.FromFolder()) {
    wanted = WantedOf(o.out);
    plan = PlanOf(sdk, wanted);
  } else {
    Planned planned = MakePlanOf(sdk, o.planning);
    wanted = {planned.plan.profile, std::move(planned.models)};
    plan = std::move(planned.plan);
  }
  size::Forecaster forecaster(sdk, wanted.profile.arch, ToolsOf(o, wanted.profile), o.cache, o.jobs, Progress);
  Outcome outcome;
  outcome.toolchain = forecaster.toolchain();
  outcome.now = forecaster.Of(plan, wanted.models);
  outcome.then = outcome.now;
  if (!o.what_if.empty()) {
    Apply(o.what_if, &wanted);
    outcome.then = forecaster.Of(PlanOf(sdk, wanted), wanted.models);
    outcome.changes = size::Differences(outcome.now, outcome.then);
  }
  outcome.compiled = forecaster.compiled();
  const std::string caveat = size::LinkerCaveat(outcome.toolchain);
  if (!caveat.empty()) outcome.notes.push_back(caveat);
  ProgressDone();
  return outcome;
}

nlohmann::json TotalsJson(const size::SizeRecord& r) {
  nlohmann::json models = nlohmann::json::array();
  for (const size::ModelBytes& m : r.models) models.push_back({{"name", m.name}, {"file_bytes", m.file}, {"ram_bytes", m.Ram()}});
  return {{"alloc_bytes", r.library.alloc}, {"file_bytes", r.library.file}, {"ram_bytes", r.Ram()}, {"models", models}};
}

void PrintJson(const Options& o, const Outcome& outcome, const check::Verdict* verdict) {
  nlohmann::json j = {{"profile", outcome.now.profile},
                      {"toolchain", outcome.now.toolchain.Id()},
                      {"compiled_units", outcome.compiled},
                      {"notes", outcome.notes},
                      {"forecast", TotalsJson(outcome.then)}};
  if (!o.by.empty()) j["report"] = size::ReportJson(size::RecordReport(outcome.then, o.by));
  if (!o.what_if.empty()) {
    j["before"] = TotalsJson(outcome.now);
    j["changes"] = nlohmann::json::array();
    for (const size::Change& c : outcome.changes) j["changes"].push_back(size::ChangeJson(c));
  }
  if (verdict != nullptr) j["check"] = check::VerdictJson(*verdict);
  std::printf("%s\n", j.dump(2).c_str());
}

void PrintTotals(const Options& o, const Outcome& outcome) {
  const bool md = o.format == "md";
  const auto row = [&](const char* what, uint64_t now, uint64_t then) {
    const auto a = static_cast<unsigned long long>(now), b = static_cast<unsigned long long>(then);
    const auto change = static_cast<long long>(then) - static_cast<long long>(now);
    if (o.what_if.empty()) {
      std::printf(md ? "| %2$s | %1$llu |\n" : "%10llu  %s\n", b, what);
    } else {
      std::printf(md ? "| %4$s | %1$llu | %2$llu | %3$+lld |\n" : "%10llu -> %llu (%+lld)  %s\n", a, b, change, what);
    }
  };
  if (md)
    std::printf(o.what_if.empty() ? "| forecast | bytes |\n|---|---:|\n" : "| forecast | now | then | change |\n|---|---:|---:|---:|\n");
  row("sum of ALLOC sections", outcome.now.library.alloc, outcome.then.library.alloc);
  row("stripped file", outcome.now.library.file, outcome.then.library.file);
  row("memory of sessions: arenas and private weights", outcome.now.Ram(), outcome.then.Ram());
}

std::string Subject(const size::SizeRecord& r) {
  if (r.kind != "crop") return r.kind + " runtime";
  return std::to_string(r.models.size()) + (r.models.size() == 1 ? " model" : " models");
}

void PrintReport(const Options& o, const Outcome& outcome) {
  const size::Report report = size::RecordReport(outcome.then, o.by);
  std::printf("\n%s", (o.format == "md" ? size::ReportMarkdown(report) : size::ReportText(report)).c_str());
}

// `verdict` on the budgets; null: there are none.
void Print(const Options& o, const Outcome& outcome, const check::Verdict* verdict) {
  if (o.format == "json") return PrintJson(o, outcome, verdict);
  const bool md = o.format == "md";
  const size::Toolchain& t = outcome.toolchain;
  std::printf(md ? "Forecast for %s, %s, toolchain %s, %s for %s\n\n" : "forecast for %s, %s, toolchain %s, %s for %s\n",
              outcome.then.profile.c_str(), Subject(outcome.then).c_str(), t.Id().c_str(), t.compiler.c_str(), t.target.c_str());
  PrintTotals(o, outcome);
  for (const std::string& note : outcome.notes) std::printf(md ? "\nNote: %s\n" : "note: %s\n", note.c_str());
  if (!outcome.changes.empty()) std::printf(md ? "\n```\n" : "what comes and goes, in bytes loaded:\n");
  for (const size::Change& c : outcome.changes) std::printf("%s\n", size::ChangeText(c).c_str());
  if (!outcome.changes.empty() && md) std::printf("```\n");
  if (!o.by.empty()) PrintReport(o, outcome);
  if (verdict != nullptr) std::printf("\n%s", (md ? check::VerdictMarkdown(*verdict) : check::VerdictText(*verdict)).c_str());
}

// Holds the forecast to the budgets as `cropper check` does a built crop.
check::Verdict Judge(const Options& o, const Outcome& outcome) {
  check::Request request;
  request.subject = "forecast" + (o.out.empty() ? "" : " of " + o.out);
  request.record = outcome.then;
  request.budgets = o.limits;
  return check::Check(request);
}

int Tell(const Options& o, const Outcome& outcome) {
  if (o.limits.empty()) {
    Print(o, outcome, nullptr);
    return kOk;
  }
  const check::Verdict verdict = Judge(o, outcome);
  Print(o, outcome, &verdict);
  return verdict.Ok() ? kOk : kCheckFailed;
}

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("OUT", o->out, "the folder of a crop; or give --models and --profile");
  AddWantedOptions(app, &o->planning);
  app->get_option("--profile")->required(false);
  app->add_option("--what-if", o->what_if,
                  "a change: \"+model FILE\", \"-model NAME\", \"+level NAME\", \"-level NAME\"; may be given again")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app->add_option("--by", o->by, "also where the bytes will go: row, op, dtype, level, unit, section or model")
      ->check(CLI::IsMember(size::ReportKeys()));
  app->add_option("--budget", o->budgets,
                  "most bytes of the stripped file, or alloc=64KiB, file=, ram=; exit code 4 and the causes where it is over")
      ->allow_extra_args(false);
  app->add_option("--toolchain", o->toolchain, "CMake toolchain file of the build; default: that of OUT's build, else of the profile")
      ->check(CLI::ExistingFile);
  app->add_option("--cache", o->cache, "folder of the sizes of compiled units; default: $XDG_CACHE_HOME/adze or ~/.cache/adze");
  app->add_option("-j,--jobs", o->jobs, "compilers at a time; default: one per processor")->check(CLI::Range(0, 1024));
  app->add_option("--format", o->format, "text, json or md")->check(CLI::IsMember({"text", "json", "md"}));
  app->parse_complete_callback([o] {
    for (const std::string& b : o->budgets) {
      o->limits.push_back(BudgetOf(b, {check::Metric::kFile}));
      if (o->limits.back().metric == check::Metric::kCompressed)
        throw CLI::ValidationError("--budget", "compressed is known of a built library only; `cropper check` holds it");
    }
  });
  return [o] { return Tell(*o, Run(*o)); };
}

}  // namespace
}  // namespace forecast_command

const Command kForecast = {"forecast", "Say what a crop will weigh, and what a change would do, without building it",
                           "cropper forecast out --what-if \"+model face.tflite\" --what-if \"-level avx512\"",
                           forecast_command::Configure};

}  // namespace adze::cli
