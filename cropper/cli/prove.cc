// SPDX-License-Identifier: Apache-2.0
// cropper prove: is everything in a crop needed?
#include "cropper/prove/prove.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cropper/cli/command.h"
#include "cropper/cli/planning.h"
#include "cropper/prove/executed.h"

namespace adze::cli {
namespace prove_command {
namespace {

struct Options {
  std::string out, sdk, format = "text";
  int jobs = 0;
  bool executed = false;
};

constexpr prove::Use kUses[] = {prove::Use::kExecuted, prove::Use::kErrorPath, prove::Use::kInterface, prove::Use::kSlack};

nlohmann::json ToJson(const std::vector<prove::Finding>& findings) {
  nlohmann::json list = nlohmann::json::array();
  for (const prove::Finding& f : findings) {
    list.push_back({{"kind", f.kind}, {"name", f.name}, {"bytes", f.bytes}, {"slack", f.slack}, {"how", f.how}});
  }
  return list;
}

nlohmann::json ToJson(const prove::Proof& proof) {
  return {{"ok", proof.ok()},
          {"failures", proof.failures},
          {"library_bytes", proof.library_bytes},
          {"questions", proof.questions},
          {"static_questions", proof.static_questions},
          {"atoms", ToJson(proof.atoms)},
          {"objects", ToJson(proof.objects)}};
}

void PrintFindings(const std::vector<prove::Finding>& findings, bool only_slack) {
  for (const prove::Finding& f : findings) {
    if (only_slack && !f.slack) continue;
    std::printf("%s %6lld  %s %s: %s\n", f.slack ? "SLACK " : "needed", static_cast<long long>(f.bytes), f.kind.c_str(), f.name.c_str(),
                f.how.c_str());
  }
}

size_t SlackIn(const std::vector<prove::Finding>& findings) {
  return static_cast<size_t>(std::count_if(findings.begin(), findings.end(), [](const prove::Finding& f) { return f.slack; }));
}

void Print(const prove::Proof& proof) {
  for (const std::string& f : proof.failures) std::printf("FAILED: %s\n", f.c_str());
  if (!proof.failures.empty()) {
    std::printf("NOT proven: the crop is not what its plan says\n");
    return;
  }
  std::printf("bytes that go with each atom of the plan, and what changes without it:\n");
  PrintFindings(proof.atoms, false);
  PrintFindings(proof.objects, true);
  if (proof.static_questions > 0) {
    std::printf("%d of %d questions told by selection alone: this machine does not offer their level\n", proof.static_questions,
                proof.questions);
  }
  const size_t slack = SlackIn(proof.atoms) + SlackIn(proof.objects);
  std::printf("%s: %zu atoms and %zu objects left out one by one, %zu slack, in a library of %llu bytes\n",
              proof.ok() ? "proven" : "NOT proven", proof.atoms.size(), proof.objects.size(), slack,
              static_cast<unsigned long long>(proof.library_bytes));
}

nlohmann::json ToJson(const prove::Executed& executed) {
  nlohmann::json functions = nlohmann::json::array(), bytes;
  for (const prove::FunctionUse& f : executed.functions) {
    functions.push_back({{"unit", f.unit}, {"name", f.name}, {"bytes", f.bytes}, {"use", prove::UseName(f.use)}, {"reason", f.reason}});
  }
  for (const prove::Use use : kUses) bytes[prove::UseName(use)] = executed.BytesOf(use);
  return {{"runs", executed.runs},
          {"refusals", executed.refusals},
          {"total_bytes", executed.bytes()},
          {"bytes", bytes},
          {"functions", functions}};
}

void Print(const prove::Executed& executed) {
  for (const prove::FunctionUse& f : executed.functions) {
    if (f.use == prove::Use::kExecuted) continue;
    std::printf("%-10s %6llu  %s, %s%s%s\n", prove::UseName(f.use), static_cast<unsigned long long>(f.bytes), f.name.c_str(),
                f.unit.c_str(), f.reason.empty() ? "" : ": ", f.reason.c_str());
  }
  std::string parts;
  for (const prove::Use use : kUses) {
    if (use != prove::Use::kExecuted) parts += std::string(", ") + prove::UseName(use) + " " + std::to_string(executed.BytesOf(use));
  }
  std::printf("%llu of %llu bytes of functions ran in %d runs, %d of them refusals%s\n",
              static_cast<unsigned long long>(executed.BytesOf(prove::Use::kExecuted)), static_cast<unsigned long long>(executed.bytes()),
              executed.runs, executed.refusals, parts.c_str());
}

// Information, not a check: what did not run may serve another picture size or thread count.
int RunExecuted(const Options& o) {
  const prove::Executed executed = prove::WatchExecution(generate::FindSdk(o.sdk), o.out, Progress);
  ProgressDone();
  if (o.format == "json") {
    std::printf("%s\n", ToJson(executed).dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
  } else {
    Print(executed);
  }
  return kOk;
}

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("OUT", o->out, "the folder of a crop")->required();
  app->add_option("-j,--jobs", o->jobs, "links at a time; default: one per processor")->check(CLI::Range(0, 1024));
  app->add_option("--format", o->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  app->add_flag("--executed", o->executed, "instead: which functions run over all models and refusals, and what the others are for");
  AddSdkOption(app, &o->sdk);
  return [o] {
    if (o->executed) return RunExecuted(*o);
    const prove::Proof proof = prove::Prove(generate::FindSdk(o->sdk), o->out, {o->jobs, Progress});
    ProgressDone();
    if (o->format == "json") {
      std::printf("%s\n", ToJson(proof).dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    } else {
      Print(proof);
    }
    return static_cast<int>(proof.ok() ? kOk : kCheckFailed);
  };
}

}  // namespace
}  // namespace prove_command

const Command kProve = {"prove", "Leave out each atom and object in turn: whatever nobody misses is slack", "cropper prove out",
                        prove_command::Configure};

}  // namespace adze::cli
