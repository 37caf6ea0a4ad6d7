// SPDX-License-Identifier: Apache-2.0
// Texts of values, nodes and refusals.
#include "models/graph/describe.h"

namespace adze::graph {
namespace {

// How two numbers that disagreed read in a sentence.
std::string GotWant(const std::string& what, int64_t got, int64_t want) {
  return what + " is " + std::to_string(got) + " where " + std::to_string(want) + " is needed";
}

}  // namespace

std::string TypeText(DType dtype, const std::vector<int64_t>& dims) {
  std::string text = std::string(DTypeName(dtype)) + "[";
  for (size_t i = 0; i < dims.size(); ++i) text += (i == 0 ? "" : ",") + std::to_string(dims[i]);
  return text + "]";
}

std::string TypeText(const TensorType& type) {
  return TypeText(type.dtype, std::vector<int64_t>(type.shape.dims, type.shape.dims + type.shape.rank));
}

std::string ValueText(const Graph& g, int index) {
  if (index < 0 || static_cast<size_t>(index) >= g.values.size()) return "tensor " + std::to_string(index) + " (no such tensor)";
  const Value& v = g.values[index];
  return "'" + v.name + "' " + TypeText(v.dtype, v.dims);
}

std::string NodeText(const Node& n) { return "node '" + n.name + "' (" + n.op + ")"; }

std::string RefusalText(const Status& s) {
  switch (s.detail) {
    case Detail::kInputCount: return GotWant("the number of inputs", s.got, s.want);
    case Detail::kOutputCount: return GotWant("the number of outputs", s.got, s.want);
    case Detail::kParamsSize: return GotWant("the size of the parameters", s.got, s.want);
    case Detail::kParamsValue: return "a parameter has a value that the op does not allow: " + std::to_string(s.got);
    case Detail::kRank: return GotWant("the number of dimensions of a tensor", s.got, s.want);
    case Detail::kDimension: return GotWant("a size", s.got, s.want);
    case Detail::kTooLarge: return "a size of " + std::to_string(s.got) + " exceeds the limit of " + std::to_string(s.want);
    case Detail::kBadTensor: return "input " + std::to_string(s.got) + " must lie in memory without gaps";
    case Detail::kDTypeMismatch:
      return std::string("an element type is ") + DTypeName(static_cast<DType>(s.got)) + " where " + DTypeName(static_cast<DType>(s.want)) +
             " is needed";
    default:
      return "check " + std::to_string(static_cast<int>(s.detail)) + " failed, got " + std::to_string(s.got) + ", want " +
             std::to_string(s.want);
  }
}

}  // namespace adze::graph
