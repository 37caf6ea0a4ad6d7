// SPDX-License-Identifier: Apache-2.0
// cropper verify: full runtime against crop.
#include "cropper/verify/verify.h"

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cropper/cli/command.h"
#include "cropper/cli/planning.h"

namespace adze::cli {
namespace verify_command {
namespace {

struct Options {
  std::string out, sdk, full_dir, toolchain, format = "text";
};

std::string RunText(const verify::RunResult& r) {
  if (!r.ran) return "static only: this machine does not offer the level";
  if (!r.failure.empty()) return "FAILED: " + r.failure;
  return "equal: " + std::to_string(r.output_bytes) + " output bytes, " + std::to_string(r.trace_lines) + " trace lines";
}

nlohmann::json ToJson(const verify::VerifyResult& result) {
  nlohmann::json runs = nlohmann::json::array();
  for (const verify::RunResult& r : result.runs) {
    runs.push_back({{"model", r.model},
                    {"level", r.level},
                    {"ran", r.ran},
                    {"failure", r.failure},
                    {"output_bytes", r.output_bytes},
                    {"trace_lines", r.trace_lines}});
  }
  return {{"ok", result.ok()},
          {"tier", verify::TierName(result.tier)},
          {"failures", result.failures},
          {"units", result.units},
          {"rows", result.rows},
          {"equal_objects", result.equal_objects},
          {"runs", runs}};
}

void Print(const Options& o, const verify::VerifyResult& result) {
  if (o.format == "json") {
    std::printf("%s\n", ToJson(result).dump(2).c_str());
    return;
  }
  for (const std::string& f : result.failures) std::printf("FAILED: %s\n", f.c_str());
  std::printf("static: %d units, %d rows, %d objects equal the full runtime's\n", result.units, result.rows, result.equal_objects);
  for (const verify::RunResult& r : result.runs) std::printf("%s at %s: %s\n", r.model.c_str(), r.level.c_str(), RunText(r).c_str());
  std::printf("%s; tier reached: %s\n", result.ok() ? "verified" : "NOT verified", verify::TierName(result.tier));
}

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("OUT", o->out, "the folder of a crop")->required();
  app->add_option("--full-dir", o->full_dir, "where the full runtime lies or is to be built; default: OUT/.verify/full");
  app->add_option("--toolchain", o->toolchain, "CMake toolchain file of the builds; default: that of the profile")
      ->check(CLI::ExistingFile);
  app->add_option("--format", o->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  AddSdkOption(app, &o->sdk);
  return [o] {
    verify::VerifyOptions options;
    options.full_dir = o->full_dir;
    options.toolchain = o->toolchain;
    options.progress = Progress;
    const verify::VerifyResult result = verify::Verify(generate::FindSdk(o->sdk), o->out, options);
    ProgressDone();
    Print(*o, result);
    return static_cast<int>(result.ok() ? kOk : kCheckFailed);
  };
}

}  // namespace
}  // namespace verify_command

const Command kVerify = {"verify", "Prove that a crop gives the full runtime's bits by the same kernels", "cropper verify out",
                         verify_command::Configure};

}  // namespace adze::cli
