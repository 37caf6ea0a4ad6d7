// SPDX-License-Identifier: Apache-2.0
// Checks of rows against the index and against each other.
#include "cropper/indexer/row_checks.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "cropper/plan/profile.h"
#include "op-registry/core/select.h"

namespace adze::indexer {
namespace {

// Keys tried per target and level before it counts as unselectable. A target's own equations are mostly kept, so that constraints over
// many features are met too; those of today's rows are met within a few hundred.
constexpr int kTries = 4000;

// xorshift64*: the same keys on every machine.
class Random {
 public:
  size_t Below(size_t n) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<size_t>((state_ * 0x2545f4914f6cdd1du) >> 33) % n;
  }

 private:
  uint64_t state_ = 0x9e3779b97f4a7c15u;
};

// Values worth trying for each feature that some expression reads.
using Candidates = std::map<int, std::set<int64_t>>;

int64_t ConstantAt(const uint8_t* bytes) {
  uint32_t value = 0;
  for (int k = 0; k < 4; ++k) value |= static_cast<uint32_t>(bytes[k]) << (8 * k);
  return static_cast<int32_t>(value);
}

// What an expression asks of single features: every `feature == constant` in it.
using Equations = std::vector<std::pair<int, int64_t>>;

void AddEquations(const Span<const uint8_t>& code, Equations* equations) {
  constexpr size_t kLength = 8;  // kFeature f kConst c c c c kEq
  for (size_t i = 0; i < code.size; ++i) {
    const auto op = static_cast<ExprOp>(code.data[i]);
    if (op == ExprOp::kFeature && i + kLength <= code.size && code.data[i + 2] == static_cast<uint8_t>(ExprOp::kConst) &&
        code.data[i + 7] == static_cast<uint8_t>(ExprOp::kEq)) {
      equations->emplace_back(code.data[i + 1], ConstantAt(code.data + i + 3));
    }
    if (op == ExprOp::kFeature) i += 1;
    if (op == ExprOp::kConst) i += 4;
  }
}

// Adds the features and constants of an expression: every feature meets every constant, for they may stand on both sides of a sum.
void AddCandidates(const Span<const uint8_t>& code, Candidates* candidates) {
  std::set<int> features;
  std::set<int64_t> values = {0, 1, 2};
  for (size_t i = 0; i < code.size; ++i) {
    const auto op = static_cast<ExprOp>(code.data[i]);
    if (op == ExprOp::kFeature) {
      features.insert(code.data[++i]);
    } else if (op == ExprOp::kConst) {
      const int64_t c = ConstantAt(code.data + i + 1);
      i += 4;
      for (const int64_t v : {c - 1, c, c + 1}) {
        if (v >= 0) values.insert(v);
      }
    }
  }
  for (const int feature : features) (*candidates)[feature].insert(values.begin(), values.end());
}

// The catalog as views, and the search for keys that select its rows.
class Search {
 public:
  explicit Search(const std::vector<CatalogRow>& rows) : rows_(rows), bytes_(SerializeRows(rows)), views_(rows.size()), seen_(rows.size()) {
    table_ = {bytes_.data(), static_cast<int>(rows.size()), nullptr};
    const uint8_t* at = bytes_.data();
    for (RowView& view : views_) at = ReadRow(at, &view);
  }

  void Run() {
    for (size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].kind == RowKind::kKernel) TryKernel(i);
    }
    for (size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].kind != RowKind::kOp) continue;
      for (size_t k = 0; k < rows_.size(); ++k) {
        if (rows_[k].kind == RowKind::kKernel && rows_[k].op == rows_[i].op && seen_[k]) seen_[i] = true;
      }
    }
  }

  bool seen(size_t row) const { return seen_[row]; }

 private:
  // The row and, for a kernel, every micro-kernel that could serve one of its needs.
  std::vector<size_t> Wanted(size_t kernel) const {
    std::vector<size_t> wanted = {kernel};
    for (int n = 0; n < views_[kernel].n_needs; ++n) {
      for (size_t i = 0; i < rows_.size(); ++i) {
        if (InFamily(views_[i], NeedOf(views_[kernel], n))) wanted.push_back(i);
      }
    }
    return wanted;
  }

  // Type lists to try: the row's own, or for a row that takes any, those of the op's other rows and plain ones.
  std::vector<std::vector<DType>> TypeLists(size_t kernel) const {
    if (!rows_[kernel].types.empty()) return {rows_[kernel].types};
    std::vector<std::vector<DType>> lists;
    for (int t = 0; t < kDTypeCount; ++t) {
      lists.emplace_back(1, static_cast<DType>(t));
      lists.emplace_back(2, static_cast<DType>(t));
    }
    return lists;
  }

  void TryKernel(size_t kernel) {
    Candidates candidates;
    const std::vector<size_t> wanted = Wanted(kernel);
    for (size_t i = 0; i < rows_.size(); ++i) {
      const bool rival = rows_[i].kind == RowKind::kKernel && rows_[i].op == rows_[kernel].op;
      if (!rival && std::count(wanted.begin(), wanted.end(), i) == 0) continue;
      AddCandidates(views_[i].when, &candidates);
      AddCandidates(views_[i].cost, &candidates);
    }
    const auto types = TypeLists(kernel);
    for (int l = 0; l < kLevelCount; ++l) {
      const auto level = static_cast<Level>(l);
      if (level == Level::kAny || !Serves(views_[kernel].level, level)) continue;
      for (const size_t target : wanted) {
        if (!Serves(views_[target].level, level)) continue;
        Equations equations;
        AddEquations(views_[kernel].when, &equations);
        AddEquations(views_[target].when, &equations);
        for (int n = 0; n < kTries && !seen_[target]; ++n) {
          TryKey(kernel, candidates, equations, types[random_.Below(types.size())], level);
        }
      }
    }
  }

  void TryKey(size_t kernel, const Candidates& candidates, const Equations& equations, const std::vector<DType>& types, Level level) {
    Key key;
    key.op = rows_[kernel].op.c_str();
    key.n_types = static_cast<uint8_t>(types.size());
    std::copy(types.begin(), types.end(), key.types);
    for (const auto& [feature, values] : candidates) key.features[feature] = *std::next(values.begin(), random_.Below(values.size()));
    for (const auto& [feature, value] : equations) {
      if (random_.Below(8) != 0) key.features[feature] = value;
    }
    const RowView& row = views_[kernel];
    if (Evaluate(row.when.data, static_cast<int>(row.when.size), key, 1) == 0) return;
    const Selection s = Select(table_, key, level);
    if (!s.complete()) return;
    seen_[s.kernel] = true;
    for (int i = 0; i < s.n_ukernels; ++i) seen_[s.ukernels[i]] = true;
  }

  const std::vector<CatalogRow>& rows_;
  std::vector<uint8_t> bytes_;
  std::vector<RowView> views_;
  std::vector<bool> seen_;
  RowTable table_;
  Random random_;
};

}  // namespace

std::string SymbolOf(const CatalogRow& row) { return "adze_" + row.name; }

std::string StemOf(const CatalogRow& row) { return row.kind == RowKind::kOp ? row.op : row.name; }

bool OnArch(const CatalogRow& row, const std::string& arch) {
  const std::vector<Level> levels = LevelsOfArch(arch);
  return row.level == Level::kAny || std::count(levels.begin(), levels.end(), row.level) > 0;
}

std::vector<std::string> MisnamedRows(const std::vector<CatalogRow>& rows, const index::Index& index) {
  std::vector<std::string> findings;
  for (const CatalogRow& row : rows) {
    if (!OnArch(row, index.arch())) continue;
    const std::string place = index.arch() + ": row " + row.name + ": ";
    const index::Unit* unit = index.Defining(SymbolOf(row));
    if (unit == nullptr) {
      findings.push_back(place + "no unit defines its object " + SymbolOf(row) + "; write it in " + StemOf(row) +
                         ".cc and run adze-indexer, or remove the row");
    } else if (std::filesystem::path(unit->path).stem() != StemOf(row)) {
      findings.push_back(place + "its object stands in " + unit->path + "; the file must be called " + StemOf(row) + ".cc");
    }
  }
  return findings;
}

std::vector<std::string> UnselectableRows(const std::vector<CatalogRow>& rows) {
  Search search(rows);
  search.Run();
  std::vector<std::string> findings;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (search.seen(i)) continue;
    findings.push_back("row " + rows[i].name +
                       ": no key selects it at any level: its constraint contradicts itself, a cheaper row covers all of it, " +
                       "or nothing needs it");
  }
  return findings;
}

}  // namespace adze::indexer
