// SPDX-License-Identifier: Apache-2.0
// cropper check: the gate of an app's CI.
#include "cropper/check/check.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cropper/cli/budget.h"
#include "cropper/cli/command.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"

namespace adze::cli {
namespace check_command {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string subject, baseline, exceptions, size_json, format = "text";
  std::vector<std::string> budgets, metrics;
  bool update = false;
  std::vector<check::Limit> limits;  // of `budgets`
};

std::vector<check::Metric> MetricsOf(const Options& o) {
  std::vector<check::Metric> metrics;
  for (const std::string& name : o.metrics.empty() ? std::vector<std::string>{"file"} : o.metrics) {
    check::Metric metric = check::Metric::kFile;
    check::MetricFromName(name, &metric);  // the command line took it
    if (std::find(metrics.begin(), metrics.end(), metric) == metrics.end()) metrics.push_back(metric);
  }
  return metrics;
}

std::string ReadText(const std::string& path) {
  try {
    return generate::ReadFile(path);
  } catch (const std::runtime_error& e) {
    throw plan::InputError(e.what());
  }
}

void ReadBaseline(const Options& o, check::Request* request) {
  if (o.baseline.empty()) return;
  request->baseline_path = o.baseline;
  if (!fs::exists(o.baseline)) {
    if (o.update) return;
    throw plan::InputError(o.baseline + ": no such baseline; --update makes it, from " + o.subject);
  }
  request->baseline = size::SizeRecordFromJson(ReadText(o.baseline), o.baseline);
}

// What changed, in words; writes the file where it does not hold this record already.
std::string Update(const check::Request& request) {
  const std::string text = size::SizeRecordToJson(request.record);
  if (request.baseline && ReadText(request.baseline_path) == text) return request.baseline_path + " is up to date";
  generate::WriteFile(request.baseline_path, text);
  std::string said = request.baseline_path + (request.baseline ? " updated" : " made");
  for (const check::Metric m : check::kMetrics) {
    const uint64_t now = check::Value(request.record, m);
    said += std::string(m == check::Metric::kAlloc ? ": " : ", ") + check::MetricName(m) + " ";
    if (request.baseline) said += check::Bytes(check::Value(*request.baseline, m)) + " -> ";
    said += check::Bytes(now);
  }
  return said;
}

std::string Report(const check::Verdict& verdict, const std::string& format) {
  if (format == "json") return check::VerdictJson(verdict).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  if (format == "md") return check::VerdictMarkdown(verdict);
  if (format == "junit") return check::VerdictJUnit(verdict);
  if (format == "annotations") return check::VerdictAnnotations(verdict);
  return check::VerdictText(verdict);
}

int Run(const Options& o) {
  check::Request request;
  request.subject = o.subject;
  request.metrics = MetricsOf(o);
  request.update = o.update;
  request.budgets = o.limits;
  request.record = size::LoadSizeRecord(o.subject, o.size_json);
  if (fs::is_directory(o.subject)) {
    const std::vector<check::Limit> own = check::ProfileBudgets(generate::ReadPlanOf(o.subject).profile);
    request.budgets.insert(request.budgets.end(), own.begin(), own.end());
  }
  ReadBaseline(o, &request);
  if (!o.exceptions.empty()) {
    request.exceptions = check::ParseExceptions(ReadText(o.exceptions), o.exceptions);
    request.exceptions_file = o.exceptions;
    request.today = check::Today();
  }
  if (o.baseline.empty() && request.budgets.empty()) {
    throw plan::InputError("nothing to check against: give --baseline FILE or --budget N, or put a \"budget\" into the profile");
  }
  check::Verdict verdict = check::Check(request);
  if (o.update) verdict.updated = Update(request);
  std::fputs(Report(verdict, o.format).c_str(), stdout);
  return verdict.Ok() ? kOk : kCheckFailed;
}

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("OUT", o->subject, "the folder of a crop, its library or a size.json")->required();
  CLI::Option* baseline = app->add_option("--baseline", o->baseline, "an earlier size.json: no metric may be larger by one byte");
  app->add_option("--budget", o->budgets,
                  "most bytes: 65536, 64KiB, 64kB; of a metric: alloc=64KiB. Repeatable. A profile's \"budget\" counts too")
      ->allow_extra_args(false);
  app->add_option("--metric", o->metrics, "what --baseline compares: alloc, file, compressed or ram. Repeatable. Default: file")
      ->check(CLI::IsMember(check::MetricNames()))
      ->allow_extra_args(false);
  app->add_option("--exceptions", o->exceptions, "JSON file of bytes that somebody signed for until a day (docs/ci.md)");
  app->add_flag("--update", o->update, "write the crop's sizes into the baseline and say what changed")->needs(baseline);
  app->add_option("--size-json", o->size_json, "the size.json of a library; default: the one beside it or in its crop's folder");
  app->add_option("--format", o->format, "text, json, md (for a pull request), junit or annotations (workflow commands)")
      ->check(CLI::IsMember({"text", "json", "md", "junit", "annotations"}));
  app->parse_complete_callback([o] {
    for (const std::string& b : o->budgets) o->limits.push_back(BudgetOf(b, MetricsOf(*o)));
  });
  return [o] { return Run(*o); };
}

}  // namespace
}  // namespace check_command

const Command kCheck = {"check", "Hold a crop's sizes to a baseline and to budgets; exit code 4 on one byte over, with the cause",
                        "cropper check out --baseline main-size.json --budget alloc=64KiB", check_command::Configure};

}  // namespace adze::cli
