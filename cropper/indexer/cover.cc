// SPDX-License-Identifier: Apache-2.0
// Cover and signatures.
#include "cropper/indexer/cover.h"

#include <map>
#include <nlohmann/json.hpp>

#include "cropper/indexer/row_checks.h"

namespace adze::indexer {
namespace {

using Definers = std::map<std::string, std::vector<std::string>>;

// What the type of a row's object must be: fixed for ops and kernels; for micro-kernels a struct of kernels/contract/, one per family.
class Signatures {
 public:
  void Check(const std::string& arch, const CatalogRow& row, const AstUnit& unit, std::vector<std::string>* findings) {
    const std::string place = arch + ": row " + row.name + ": ";
    const auto at = unit.definitions.find(SymbolOf(row));
    if (at == unit.definitions.end()) return;  // reported by MisnamedRows
    const AstDefinition& d = at->second;
    if (!d.is_constant) findings->push_back(place + SymbolOf(row) + " must be a constant, it is a variable of type " + d.type);
    if (row.kind != RowKind::kUkernel) {
      const std::string want = row.kind == RowKind::kOp ? "adze::OpDef" : "adze::Kernel";
      if (d.type != want) findings->push_back(place + SymbolOf(row) + " must be of type " + want + ", it is of type " + d.type);
      return;
    }
    const std::string family = row.name.substr(0, row.name.find("__"));
    if (d.type_file.rfind("kernels/contract/", 0) != 0) {
      findings->push_back(place + SymbolOf(row) + " must be of a struct of kernels/contract/, it is of type " + d.type);
    }
    const std::string& first = type_of_family_.emplace(family, d.type).first->second;
    if (first != d.type)
      findings->push_back(place + "other rows of family " + family + " are of type " + first + ", this one of " + d.type);
  }

 private:
  std::map<std::string, std::string> type_of_family_;
};

void CheckEdges(const std::string& arch, const CompiledUnit& unit, const AstUnit& ast, const Definers& definers,
                std::vector<ExcessEdge>* excess, std::vector<std::string>* findings) {
  for (const std::string& symbol : unit.symbols.referenced) {
    if (definers.count(symbol) != 0 && ast.references.count(symbol) == 0) {
      findings->push_back(arch + ": " + unit.unit.path + ": its object refers to " + symbol +
                          ", its syntax tree does not: hidden in assembly or an alias?");
    }
  }
  for (const std::string& symbol : ast.references) {
    const auto at = definers.find(symbol);
    if (at == definers.end() || unit.symbols.referenced.count(symbol) != 0) continue;
    excess->push_back({arch, unit.unit.path, symbol, at->second, "the optimizer found that the reference is never used and removed it"});
  }
}

}  // namespace

std::vector<ExcessEdge> CheckCover(const BuildOptions& options, const Target& target, const std::vector<CompiledUnit>& units,
                                   const std::vector<CatalogRow>& rows, std::vector<std::string>* findings) {
  Definers definers;
  for (const CompiledUnit& unit : units) {
    for (const std::string& symbol : unit.symbols.strong) definers[symbol].push_back(unit.unit.path);
  }
  std::map<std::string, const CatalogRow*> row_of_symbol;
  for (const CatalogRow& row : rows) row_of_symbol[SymbolOf(row)] = &row;
  std::vector<ExcessEdge> excess;
  Signatures signatures;
  for (const CompiledUnit& unit : units) {
    const AstUnit ast = ParseUnit(options, target, unit.unit);
    CheckEdges(target.arch, unit, ast, definers, &excess, findings);
    for (const auto& definition : ast.definitions) {
      const auto row = row_of_symbol.find(definition.first);
      if (row != row_of_symbol.end()) signatures.Check(target.arch, *row->second, ast, findings);
    }
  }
  return excess;
}

std::string ExcessToJson(const std::vector<ExcessEdge>& edges) {
  nlohmann::ordered_json json;
  json["comment"] =
      "Made by adze-indexer; do not edit. References in the source that the shipped objects do not hold: crops link without them.";
  json["version"] = index::kIndexVersion;
  json["excess"] = nlohmann::ordered_json::array();
  for (const ExcessEdge& e : edges) {
    json["excess"].push_back(
        {{"arch", e.arch}, {"unit", e.unit}, {"symbol", e.symbol}, {"defined_in", e.defined_in}, {"explanation", e.explanation}});
  }
  return json.dump(1) + "\n";
}

}  // namespace adze::indexer
