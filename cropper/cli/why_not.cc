// SPDX-License-Identifier: Apache-2.0
// cropper why-not: what would have brought something into a crop.
#include "cropper/verify/why_not.h"

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cropper/cli/command.h"
#include "cropper/cli/planning.h"

namespace adze::cli {
namespace why_not_command {
namespace {

struct Options {
  std::string out, name, sdk, format = "text";
};

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("OUT", o->out, "the folder of a crop")->required();
  app->add_option("NAME", o->name, "a row, an op, a level, a feature, a unit (source file or object) or a symbol")->required();
  app->add_option("--format", o->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  AddSdkOption(app, &o->sdk);
  return [o] {
    const verify::WhyNot why_not = verify::FindWhyNot(generate::FindSdk(o->sdk), o->out, o->name);
    if (o->format == "json") {
      const nlohmann::json json = {{"name", why_not.name}, {"kind", why_not.kind}, {"id", why_not.id}, {"reasons", why_not.reasons}};
      std::printf("%s\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    } else {
      std::printf("%s %s is not in %s:\n", why_not.kind.c_str(), why_not.id.c_str(), o->out.c_str());
      for (const std::string& r : why_not.reasons) std::printf("  %s\n", r.c_str());
    }
    return static_cast<int>(kOk);
  };
}

}  // namespace
}  // namespace why_not_command

const Command kWhyNot = {"why-not", "Say why a row, op, level, feature, unit or symbol is not in a crop",
                         "cropper why-not out gemm_f32__avx512_7x32", why_not_command::Configure};

}  // namespace adze::cli
