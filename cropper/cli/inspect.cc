// SPDX-License-Identifier: Apache-2.0
// cropper inspect: what is in a model and what it will ask for.
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "cropper/cli/command.h"
#include "cropper/cli/inspect_stored.h"
#include "cropper/cli/models.h"
#include "cropper/plan/profile.h"
#include "models/import/import.h"
#include "models/passes/pipeline.h"

namespace adze::cli {
namespace inspect_command {
namespace {

using nlohmann::json;

struct Options {
  std::vector<std::string> models, shapes;
  std::string format = "text";
  bool dump = false;
};

std::string TypeText(const graph::Value& v) {
  std::string text = DTypeName(v.dtype);
  text += " [";
  for (size_t i = 0; i < v.dims.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(v.dims[i]);
  return text + "]";
}

json Tensors(const graph::Graph& g, const std::vector<int>& indices) {
  json list = json::array();
  for (const int i : indices) {
    const graph::Value& v = g.values[i];
    list.push_back({{"name", v.name}, {"dtype", DTypeName(v.dtype)}, {"dims", v.dims}, {"type", TypeText(v)}});
  }
  return list;
}

// Multiply-adds of the matrix product that the node amounts to; 0 for other nodes.
int64_t Macs(const graph::Graph& g, const graph::Node& n) {
  const OpDef* op = graph::FindOpDef(n.op);
  if (op == nullptr) return 0;
  const graph::NodeView view(g, n);
  Key key;
  op->key(view.args(), &key);
  const int64_t groups = std::max<int64_t>(1, key[Feature::kGroups]);
  return key[Feature::kM] * key[Feature::kN] * key[Feature::kK] * groups;
}

int64_t Parameters(const graph::Graph& g) {
  std::set<int> used;
  for (const graph::Node& n : g.nodes) used.insert(n.inputs.begin(), n.inputs.end());
  int64_t sum = 0;
  for (const int i : used) {
    if (i >= 0 && g.values[i].is_constant) sum += g.values[i].Elements();
  }
  return sum;
}

json Inspect(const std::string& path, const import::InputShapes& shape, bool dump) {
  const std::string bytes = ReadModel(path);
  if (IsAdze(bytes)) return InspectStored(bytes, path, dump);
  graph::Graph g = import::ImportModel(path, shape);
  json out;
  out["model"] = path;
  out["inputs"] = Tensors(g, g.inputs);
  out["outputs"] = Tensors(g, g.outputs);
  out["parameters"] = Parameters(g);
  const size_t imported = g.nodes.size();
  passes::RunPipeline(&g);
  std::map<std::string, int> ops, dtypes;
  int64_t macs = 0;
  for (const graph::Node& n : g.nodes) {
    ++ops[n.op];
    macs += Macs(g, n);
    for (const int i : n.outputs) ++dtypes[DTypeName(g.values[i].dtype)];
  }
  out["nodes_imported"] = imported;
  out["nodes"] = g.nodes.size();
  out["ops"] = ops;
  out["dtypes"] = dtypes;
  out["macs"] = macs;
  out["transposed_bytes"] = passes::TransposedBytes(g);
  out["arena_bytes"] = g.arena_bytes;
  out["live_bytes_peak"] = g.live_bytes_peak;
  out["arena_ratio"] = g.live_bytes_peak > 0 ? static_cast<double>(g.arena_bytes) / static_cast<double>(g.live_bytes_peak) : 1.0;
  if (dump) out["graph"] = graph::DumpGraph(g);
  return out;
}

void PrintCounts(const char* title, const json& counts) {
  std::printf("  %-18s", title);
  bool first = true;
  for (const auto& [name, n] : counts.items()) {
    std::printf("%s%s %d", first ? "" : ", ", name.c_str(), n.get<int>());
    first = false;
  }
  std::printf("\n");
}

void PrintText(const json& m) {
  std::printf("%s\n", m["model"].get<std::string>().c_str());
  for (const char* side : {"inputs", "outputs"}) {
    for (const json& t : m[side]) {
      std::printf("  %-18s%s  %s\n", side[0] == 'i' ? "input" : "output", t["name"].get<std::string>().c_str(),
                  t["type"].get<std::string>().c_str());
    }
  }
  if (m.contains("shapes")) {
    for (const json& inputs : m["shapes"]) {
      std::printf("  %-18s", "shapes");
      for (const json& t : inputs) std::printf("%s  %s  ", t["name"].get<std::string>().c_str(), t["type"].get<std::string>().c_str());
      std::printf("\n");
    }
  }
  PrintCounts("ops", m["ops"]);
  PrintCounts("dtypes", m["dtypes"]);
  std::printf("  %-18s%lld", "nodes", m["nodes"].get<long long>());
  if (m.contains("nodes_imported")) std::printf(" (%lld before the passes)", m["nodes_imported"].get<long long>());
  std::printf("\n");
  for (const char* key : {"parameters", "macs", "constant_bytes", "transposed_bytes", "arena_bytes"}) {
    if (m.contains(key)) std::printf("  %-18s%lld\n", key, m[key].get<long long>());
  }
  if (m.contains("arena_ratio")) {
    std::printf("  %-18s%.3f of the %lld bytes live at once\n", "arena_ratio", m["arena_ratio"].get<double>(),
                m["live_bytes_peak"].get<long long>());
  }
  if (m.contains("graph")) std::printf("%s", m["graph"].get<std::string>().c_str());
}

int Run(const Options& o) {
  json models = json::array();
  std::string report;
  const Shapes shapes = ShapesOf(o.shapes);
  for (const std::string& path : o.models) {
    try {
      for (const import::InputShapes& shape : shapes) models.push_back(Inspect(path, shape, o.dump));
    } catch (const plan::InputError& e) {
      report += (report.empty() ? "" : "\n") + std::string(e.what());
    } catch (const graph::ImportError& e) {
      report += (report.empty() ? "" : "\n") + std::string(e.what());
    }
  }
  if (o.format == "json") {
    std::printf("%s\n", models.dump(2, ' ', false, json::error_handler_t::replace).c_str());
  } else {
    for (const json& m : models) PrintText(m);
  }
  std::fflush(stdout);
  if (!report.empty()) throw plan::InputError(report);
  return kOk;
}

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("MODEL", o->models, "model files: .tflite, .onnx or .adze, told apart by content")->required()->expected(1, -1);
  AddShapeOption(app, &o->shapes);
  app->add_option("--format", o->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  app->add_flag("--dump", o->dump, "print the graph after all passes, one line a node; of an .adze the whole file as stored");
  return [o] { return Run(*o); };
}

}  // namespace
}  // namespace inspect_command

const Command kInspect = {"inspect", "List ops, dtypes, shapes, parameters, multiply-adds and every unsupported node",
                          "cropper inspect face.tflite digits.onnx", inspect_command::Configure};

}  // namespace adze::cli
