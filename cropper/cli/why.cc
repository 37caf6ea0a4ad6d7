// SPDX-License-Identifier: Apache-2.0
// cropper why: the chain from a model's node to the object that it brought in.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cropper/cli/command.h"
#include "cropper/verify/why.h"

namespace adze::cli {
namespace why_command {
namespace {

struct Options {
  std::string out, name, format = "text";
};

void PrintReasons(const plan::Atom& atom, size_t shown) {
  for (size_t i = 0; i < std::min(shown, atom.reasons.size()); ++i) {
    const plan::Reason& r = atom.reasons[i];
    std::printf("    %s, node %d%s (%s)%s\n", r.model.c_str(), r.node, r.node_name.empty() ? "" : (" '" + r.node_name + "'").c_str(),
                r.op.c_str(), r.level.empty() ? "" : (", level " + r.level).c_str());
  }
  if (atom.reasons.size() > shown) std::printf("    and %zu more\n", atom.reasons.size() - shown);
  if (!atom.because.empty()) std::printf("    %s\n", atom.because.c_str());
}

void PrintText(const verify::Why& why) {
  constexpr size_t kShown = 12;
  for (const verify::Chain& c : why.chains) {
    if (c.atom.id.empty()) {
      std::printf("  %s\n", c.atom.because.empty() ? "every crop has the runtime's own units" : c.atom.because.c_str());
    } else {
      std::printf("  %s %s is asked for by\n", plan::AtomKindName(c.atom.kind), c.atom.id.c_str());
      PrintReasons(c.atom, kShown);
    }
    std::string line;
    for (const std::string& unit : c.units) line += (line.empty() ? "" : " -> ") + unit;
    if (!line.empty()) std::printf("    -> %s\n", line.c_str());
  }
  if (!why.object.empty())
    std::printf("  object %s, %llu bytes in the library\n", why.object.c_str(), static_cast<unsigned long long>(why.bytes));
}

nlohmann::json ToJson(const verify::Why& why) {
  nlohmann::json chains = nlohmann::json::array();
  for (const verify::Chain& c : why.chains) {
    nlohmann::json reasons = nlohmann::json::array();
    for (const plan::Reason& r : c.atom.reasons) {
      reasons.push_back({{"model", r.model}, {"node", r.node}, {"node_name", r.node_name}, {"op", r.op}, {"level", r.level}});
    }
    nlohmann::json chain = {{"reasons", reasons}, {"because", c.atom.because}, {"units", c.units}};
    if (!c.atom.id.empty()) chain["atom"] = {{"kind", plan::AtomKindName(c.atom.kind)}, {"id", c.atom.id}};
    chains.push_back(chain);
  }
  return {{"name", why.name}, {"unit", why.unit}, {"object", why.object}, {"bytes", why.bytes}, {"chains", chains}};
}

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("OUT", o->out, "the folder of a crop")->required();
  app->add_option("NAME", o->name, "a row, a level, a unit (source file) or a symbol; or a model, a node or an op, for what it asks for")
      ->required();
  app->add_option("--format", o->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  return [o] {
    const verify::Why why = verify::FindWhy(o->out, o->name);
    if (o->format == "json") {
      std::printf("%s\n", ToJson(why).dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    } else {
      std::printf("%s\n", why.name.c_str());
      PrintText(why);
    }
    return static_cast<int>(kOk);
  };
}

}  // namespace
}  // namespace why_command

const Command kWhy = {"why", "Say why a row, unit or symbol is in a crop: model, node, row, unit, object",
                      "cropper why out gemm_f32__avx2_6x16", why_command::Configure};

}  // namespace adze::cli
