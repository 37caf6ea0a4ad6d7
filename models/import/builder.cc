// SPDX-License-Identifier: Apache-2.0
// The graph builder shared by all importers.
#include "models/import/builder.h"

#include <algorithm>

#include "models/graph/run_reference.h"
#include "models/import/lowering.h"

namespace adze::import {
namespace {

// Weights are stored once in the file and then laid out anew, float16 grows to float32, and shape arithmetic adds small tensors.
constexpr int64_t kConstantGrowth = 8;
constexpr int64_t kConstantFloor = int64_t{32} << 20;

// Elements. What is larger is left to the pass fold_constants: no shape arithmetic needs it.
constexpr int64_t kMaxFoldedWork = 1 << 20;

}  // namespace

int64_t CheckedElements(const Dims& dims, DType dtype) {
  if (dims.size() > static_cast<size_t>(kMaxRank)) {
    throw NodeError("a tensor of rank " + std::to_string(dims.size()) + "; at most " + std::to_string(kMaxRank) + " dims are supported");
  }
  // Dims of 0 are counted as 1 for the limit, so that no partial product of dims can overflow either.
  int64_t bytes = static_cast<int64_t>(DTypeBytes(dtype));
  int64_t elements = 1;
  bool empty = false;
  for (const int64_t d : dims) {
    if (d < 0 || d > INT32_MAX)
      throw NodeError("a tensor of shape " + DimsText(dims) + ": a dim lies outside 0.." + std::to_string(INT32_MAX));
    empty = empty || d == 0;
    if (d != 0 && bytes > kMaxTensorBytes / d) throw NodeError("a tensor of shape " + DimsText(dims) + " is larger than 2^40 bytes");
    if (d == 0) continue;
    bytes *= d;
    elements *= d;
  }
  return empty ? 0 : elements;
}

GraphBuilder::GraphBuilder(const std::string& source, size_t file_bytes)
    : constant_bytes_left_(kConstantFloor + kConstantGrowth * static_cast<int64_t>(file_bytes)) {
  graph_.source = source;
}

bool GraphBuilder::ReserveName(const std::string& name) { return names_.emplace(name, 1).second; }

std::string GraphBuilder::UniqueName(const std::string& wanted) {
  if (ReserveName(wanted)) return wanted;
  int& made = names_[wanted];
  std::string name;
  do {
    name = wanted + "_" + std::to_string(++made);
  } while (names_.count(name) != 0);
  names_.emplace(name, 1);
  return name;
}

int GraphBuilder::AddValue(const std::string& unique_name, DType dtype, const Dims& dims) {
  CheckedElements(dims, dtype);
  graph::Value v;
  v.name = unique_name;
  v.dtype = dtype;
  v.dims = dims;
  return graph_.AddValue(std::move(v));
}

int GraphBuilder::AddAssumed(const std::string& unique_name, DType dtype, const Dims& dims) {
  const int value = AddValue(unique_name, dtype, dims);
  assumed_.insert(value);
  return value;
}

int GraphBuilder::AddConstant(const std::string& wanted_name, DType dtype, const Dims& dims, std::vector<uint8_t> data) {
  const int64_t bytes = CheckedElements(dims, dtype) * static_cast<int64_t>(DTypeBytes(dtype));
  if (static_cast<int64_t>(data.size()) != bytes) {
    throw DamageError("constant " + Quoted(wanted_name) + " of shape " + DimsText(dims) + " needs " + std::to_string(bytes) +
                      " bytes but has " + std::to_string(data.size()));
  }
  Charge(bytes);
  const int value = AddValue(UniqueName(wanted_name), dtype, dims);
  graph_.values.back().is_constant = true;
  graph_.values.back().data = std::move(data);
  return value;
}

void GraphBuilder::Charge(int64_t bytes) {
  if (bytes > constant_bytes_left_) throw DamageError("the constants take far more memory than the file has bytes; the file is damaged");
  constant_bytes_left_ -= bytes;
}

int GraphBuilder::AddNode(graph::Node node, DType out_dtype, const std::string& unique_out_name, const Dims& dims) {
  const int out = AddValue(unique_out_name, out_dtype, dims);
  if (std::any_of(node.inputs.begin(), node.inputs.end(), [&](int i) { return IsAssumed(i); })) assumed_.insert(out);
  node.outputs = {out};
  graph_.nodes.push_back(std::move(node));
  try {
    const graph::Node added = graph_.nodes.back();
    graph::InferNode(&graph_, added);
    CheckedElements(At(out).dims, At(out).dtype);
  } catch (const graph::ImportError& e) {
    const std::string text = e.what(), file = graph_.source + ": ";
    const std::string why = text.compare(0, file.size(), file) == 0 ? text.substr(file.size()) : text;
    if (e.kind() == graph::ImportError::Kind::kDamaged) throw ContradictionError(why);
    throw NodeError(why);
  }
  return out;
}

int GraphBuilder::AddOrFoldNode(graph::Node node, DType out_dtype, const std::string& unique_out_name, const Dims& dims) {
  const bool constant = std::all_of(node.inputs.begin(), node.inputs.end(), [&](int i) { return At(i).is_constant; });
  const int out = AddNode(std::move(node), out_dtype, unique_out_name, dims);
  std::vector<uint8_t> data;
  if (!constant || !graph::RunReference(graph_, graph_.nodes.back(), kMaxFoldedWork, &data)) return out;
  Charge(static_cast<int64_t>(data.size()));
  graph_.nodes.pop_back();
  graph::Value& folded = graph_.values[static_cast<size_t>(out)];
  folded.is_constant = true;
  folded.data = std::move(data);
  return out;
}

void GraphBuilder::AssumeFrom(int first_value) {
  for (int i = first_value; i < static_cast<int>(graph_.values.size()); ++i) assumed_.insert(i);
}

bool GraphBuilder::OwnsName(int value, const std::string& name) const {
  const graph::Value& v = At(value);
  if (v.name != name || v.is_constant) return false;
  for (const auto* list : {&graph_.inputs, &graph_.outputs}) {
    if (std::find(list->begin(), list->end(), value) != list->end()) return false;
  }
  return true;
}

void GraphBuilder::AddOutput(int value, const std::string& name, DType dtype) {
  const DType inside = At(value).dtype;
  if (dtype == inside && OwnsName(value, name)) return graph_.outputs.push_back(value);
  if (dtype != inside && InsideDType(dtype) != inside) {
    throw NodeError(std::string("it is declared ") + DTypeName(dtype) + " but computed as " + DTypeName(inside));
  }
  graph::Node node;
  node.op = dtype == inside ? "reshape" : "cast";
  node.name = name + ":" + node.op;
  node.inputs = {value};
  const Dims dims = At(value).dims;
  graph_.outputs.push_back(AddNode(std::move(node), dtype, name, dims));
}

}  // namespace adze::import
