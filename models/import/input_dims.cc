// SPDX-License-Identifier: Apache-2.0
// Declared shapes laid over stated ones.
#include "models/import/input_dims.h"

#include <algorithm>
#include <set>

namespace adze::import {
namespace {

std::string StatedText(const std::vector<StatedDim>& stated) {
  std::string text;
  for (const StatedDim& dim : stated) {
    text += text.empty() ? "" : ", ";
    text += dim.number >= 0 ? std::to_string(dim.number) : dim.symbol.empty() ? "?" : Quoted(dim.symbol);
  }
  return "[" + text + "]";
}

}  // namespace

void InputDims::Bind(const std::string& input, const std::vector<StatedDim>& stated) {
  inputs_[input] = stated;
  const auto declared = declared_.inputs.find(input);
  if (declared == declared_.inputs.end()) return;
  const std::vector<int64_t>& dims = declared->second;
  refused_.insert(input);
  const std::string says = "it is declared as " + DimsText(dims) + ", but the model has " + StatedText(stated);
  if (dims.size() != stated.size()) throw NodeError(says + "; declare " + std::to_string(stated.size()) + " dims");
  for (size_t d = 0; d < dims.size(); ++d) {
    if (stated[d].number >= 0 && stated[d].number != dims[d]) throw NodeError(says + "; dim " + std::to_string(d) + " is fixed");
    if (stated[d].symbol.empty()) continue;
    const auto [symbol, is_new] = symbols_.emplace(stated[d].symbol, dims[d]);
    if (!is_new && symbol->second != dims[d]) {
      throw NodeError(says + "; " + Quoted(symbol->first) + " is " + std::to_string(symbol->second) +
                      " elsewhere: dims of one name are equal");
    }
  }
  refused_.erase(input);
}

Dims InputDims::Of(const std::string& name, const std::vector<StatedDim>& stated) const {
  const auto declared = declared_.inputs.find(name);
  if (declared != declared_.inputs.end()) return declared->second;
  Dims dims;
  std::set<std::string> open;
  bool nameless = false;
  for (const StatedDim& dim : stated) {
    const auto symbol = symbols_.find(dim.symbol);
    dims.push_back(dim.number >= 0 || symbol == symbols_.end() ? dim.number : symbol->second);
    if (dims.back() >= 0) continue;
    nameless = nameless || dim.symbol.empty();
    open.insert(dim.symbol);
  }
  if (open.empty()) return dims;
  std::string declare;
  if (nameless) {
    for (const int64_t dim : dims) declare += (declare.empty() ? name + " = [" : ", ") + (dim < 0 ? std::string("1") : std::to_string(dim));
    declare = "'" + declare + "]'";
  } else {
    for (const std::string& symbol : open) declare += (declare.empty() ? "'" : " and '") + symbol + " = 1'";
  }
  throw NodeError("its shape " + StatedText(stated) +
                  " is open; say what the app uses, a number or a range such as 1..8, indented below the " +
                  "model in the list or with --shape: " + declare);
}

void InputDims::ReportUnknown(Findings* findings) const {
  std::set<std::string> symbols;
  std::string known;
  for (const auto& [input, stated] : inputs_) {
    known += (known.empty() ? "" : ", ") + input + " " + StatedText(stated);
    for (const StatedDim& dim : stated) symbols.insert(dim.symbol);
  }
  for (const auto& [symbol, number] : declared_.symbols) {
    if (symbols.count(symbol) == 0)
      findings->Add(NodeError("no input has a dim of the name " + Quoted(symbol) + ", for which " + std::to_string(number) +
                              " is declared; the inputs are: " + known));
  }
  for (const auto& [input, dims] : declared_.inputs) {
    if (inputs_.count(input) == 0)
      findings->Add(
          NodeError("no input has the name " + Quoted(input) + ", for which " + DimsText(dims) + " is declared; the inputs are: " + known));
  }
}

}  // namespace adze::import
