// SPDX-License-Identifier: Apache-2.0
// cropper forecast: what a crop will weigh, and what a change would do to it, without building it.
#include "cropper/size/forecast.h"

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cropper/cli/command.h"
#include "cropper/cli/models.h"
#include "cropper/cli/what_if.h"
#include "cropper/size/difference.h"
#include "cropper/size/report.h"

namespace adze::cli {
namespace forecast_command {
namespace {

struct Options {
  std::string out, profile, prefix, sdk, cache, by, format = "text";
  std::vector<std::string> models, what_if;
  int jobs = 0;
};

struct Outcome {
  std::string toolchain;
  size_t compiled = 0;
  size::SizeRecord now, then;  // `then` is `now` without --what-if
  std::vector<size::Change> changes;
};

Wanted Start(const generate::Sdk& sdk, const Options& o) {
  if (o.out.empty() == o.models.empty()) throw plan::InputError("give either the folder of a crop, or --models FILE... and --profile NAME");
  if (!o.out.empty()) {
    if (!o.profile.empty()) throw plan::InputError("--profile goes with --models; " + o.out + " has a profile of its own");
    return WantedOf(o.out);
  }
  if (o.profile.empty()) throw plan::InputError("--models needs --profile NAME too");
  Wanted wanted{plan::LoadProfile(sdk.root, o.profile), {}};
  if (!o.prefix.empty()) wanted.profile.prefix = o.prefix;
  wanted.models = ConvertModels(o.models, wanted.profile.optimize);
  return wanted;
}

Outcome Run(const Options& o) {
  const generate::Sdk sdk = generate::FindSdk(o.sdk);
  Wanted wanted = Start(sdk, o);
  size::Forecaster forecaster(sdk, wanted.profile, o.cache, o.jobs, Progress);
  Outcome outcome;
  outcome.toolchain = forecaster.toolchain().Id() + ", " + forecaster.toolchain().compiler + " for " + forecaster.toolchain().target;
  outcome.now = forecaster.Of(PlanOf(sdk, wanted), wanted.models);
  outcome.then = outcome.now;
  if (!o.what_if.empty()) {
    Apply(o.what_if, &wanted);
    outcome.then = forecaster.Of(PlanOf(sdk, wanted), wanted.models);
    outcome.changes = size::Differences(outcome.now, outcome.then);
  }
  outcome.compiled = forecaster.compiled();
  ProgressDone();
  return outcome;
}

nlohmann::json TotalsJson(const size::SizeRecord& r) {
  nlohmann::json models = nlohmann::json::array();
  for (const size::ModelBytes& m : r.models) models.push_back({{"name", m.name}, {"file_bytes", m.file}, {"ram_bytes", m.Ram()}});
  return {{"alloc_bytes", r.library.alloc}, {"file_bytes", r.library.file}, {"ram_bytes", r.Ram()}, {"models", models}};
}

void PrintJson(const Options& o, const Outcome& outcome) {
  nlohmann::json j = {{"profile", outcome.now.profile},
                      {"toolchain", outcome.now.toolchain.Id()},
                      {"compiled_units", outcome.compiled},
                      {"forecast", TotalsJson(outcome.then)}};
  if (!o.by.empty()) j["report"] = size::ReportJson(size::RecordReport(outcome.then, o.by));
  if (!o.what_if.empty()) {
    j["before"] = TotalsJson(outcome.now);
    j["changes"] = nlohmann::json::array();
    for (const size::Change& c : outcome.changes) j["changes"].push_back(size::ChangeJson(c));
  }
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

void Print(const Options& o, const Outcome& outcome) {
  if (o.format == "json") return PrintJson(o, outcome);
  const bool md = o.format == "md";
  std::printf(md ? "Forecast for %s, %zu models, toolchain %s\n\n" : "forecast for %s, %zu models, toolchain %s\n",
              outcome.then.profile.c_str(), outcome.then.models.size(), outcome.toolchain.c_str());
  PrintTotals(o, outcome);
  if (!outcome.changes.empty()) std::printf(md ? "\n```\n" : "what comes and goes, in bytes loaded:\n");
  for (const size::Change& c : outcome.changes) std::printf("%s\n", size::ChangeText(c).c_str());
  if (!outcome.changes.empty() && md) std::printf("```\n");
  if (o.by.empty()) return;
  const size::Report report = size::RecordReport(outcome.then, o.by);
  std::printf("\n%s", (md ? size::ReportMarkdown(report) : size::ReportText(report)).c_str());
}

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("OUT", o->out, "the folder of a crop; or give --models and --profile");
  app->add_option("--models", o->models, "model files, or text files that list them")->expected(1, -1);
  app->add_option("--profile", o->profile, "name of a profile of the SDK, or a profile file");
  app->add_option("--what-if", o->what_if,
                  "a change: \"+model FILE\", \"-model NAME\", \"+level NAME\", \"-level NAME\"; may be given again")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app->add_option("--by", o->by, "also where the bytes will go: row, op, dtype, level, unit, section or model")
      ->check(CLI::IsMember(size::ReportKeys()));
  app->add_option("--prefix", o->prefix, "as for `cropper crop`");
  app->add_option("--cache", o->cache, "folder of the sizes of compiled units; default: $XDG_CACHE_HOME/adze or ~/.cache/adze");
  app->add_option("-j,--jobs", o->jobs, "compilers at a time; default: one per processor")->check(CLI::Range(0, 1024));
  app->add_option("--format", o->format, "text, json or md")->check(CLI::IsMember({"text", "json", "md"}));
  AddSdkOption(app, &o->sdk);
  return [o] {
    Print(*o, Run(*o));
    return static_cast<int>(kOk);
  };
}

}  // namespace
}  // namespace forecast_command

const Command kForecast = {"forecast", "Say what a crop will weigh, and what a change would do, without building it",
                           "cropper forecast out --what-if \"+model face.tflite\" --what-if \"-level avx512\"",
                           forecast_command::Configure};

}  // namespace adze::cli
