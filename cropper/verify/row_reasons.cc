// SPDX-License-Identifier: Apache-2.0
// Asking every node of every model what it chose in place of the row.
#include "cropper/verify/row_reasons.h"

#include <algorithm>
#include <map>

#include "cropper/plan/open_model.h"
#include "cropper/plan/select_rows.h"
#include "cropper/verify/expr_text.h"
#include "runtime/session/resolve.h"

namespace adze::verify {
namespace {

std::string Joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& p : parts) text += (text.empty() ? "" : ", ") + p;
  return text;
}

std::string LevelsText(const std::vector<Level>& levels) {
  std::vector<std::string> names;
  for (const Level level : levels) names.emplace_back(LevelName(level));
  return Joined(names);
}

template <typename Types>
std::string TypesText(const Types& types, size_t n) {
  std::vector<std::string> names;
  for (size_t i = 0; i < n; ++i) names.emplace_back(DTypeName(types[i]));
  return names.empty() ? "any" : Joined(names);
}

std::string FamilyOf(const std::string& row) { return row.substr(0, row.find("__")); }

RowView ViewOf(const CatalogRow& row) {
  RowView view = {};
  ReadRow(row.bytes.data(), &view);
  return view;
}

int64_t Value(Span<const uint8_t> code, const Key& key, int64_t if_empty) {
  return Evaluate(code.data, static_cast<int>(code.size), key, if_empty);
}

// Reasons of one kind, told by the first node that has them.
class Grouped {
 public:
  void Add(const std::string& kind, const std::string& text) {
    auto [at, is_new] = count_.try_emplace(kind, 0);
    if (is_new) order_.emplace_back(kind, text);
    ++at->second;
  }
  std::vector<std::string> Lines() const {
    std::vector<std::string> lines;
    for (const auto& [kind, text] : order_) {
      const int more = count_.at(kind) - 1;
      lines.push_back(text + (more > 0 ? "; and so for " + std::to_string(more) + " more (node, level)" : ""));
    }
    return lines;
  }

 private:
  std::vector<std::pair<std::string, std::string>> order_;
  std::map<std::string, int> count_;
};

class Asker {
 public:
  Asker(const plan::Plan& plan, const CatalogRow& row) : plan_(plan), row_(row), view_(ViewOf(row)) {}

  std::vector<std::string> Ask(const std::vector<PlannedModel>& models) {
    if (row_.kind != RowKind::kOp) {
      for (const Level level : plan_.levels) {
        if (Serves(row_.level, level)) levels_.push_back(level);
      }
      if (levels_.empty()) {
        return {"it is for level " + std::string(LevelName(row_.level)) + "; the library's levels are " + LevelsText(plan_.levels)};
      }
    }
    for (const PlannedModel& m : models) AskModel(m);
    std::vector<std::string> lines = grouped_.Lines();
    if (!lines.empty()) return lines;
    if (row_.kind == RowKind::kUkernel) return {NobodyCalls()};
    return {"no listed model has a node of op " + row_.op};
  }

 private:
  void AskModel(const PlannedModel& m) {
    const plan::OpenModel opened(m.bytes, m.name);
    for (const format::Model& graph : opened.graphs()) AskGraph(m, graph);
  }

  void AskGraph(const PlannedModel& m, const format::Model& graph) {
    for (uint32_t i = 0; i < graph.n_nodes; ++i) {
      const plan::StoredNodeView node(graph, i);
      if (row_.kind != RowKind::kUkernel && row_.op != node.node().op) continue;
      const std::string name = node.node().name[0] != 0 ? " '" + std::string(node.node().name) + "'" : "";
      where_ = m.name + ", node " + std::to_string(i) + name + " (" + node.node().op + ")";
      if (row_.kind == RowKind::kOp) {
        grouped_.Add("asks", "though " + where_ + " asks for it: the plan was made from other models; crop again");
        continue;
      }
      for (const Level level : levels_) {
        Resolved r;
        if (!ResolveNode(plan::CatalogTable(), node.node(), node.args(), level, &r).ok() || r.selection.kernel < 0) continue;
        if (row_.kind == RowKind::kKernel) {
          CompareKernels(r, level);
        } else {
          CompareUkernels(r, level);
        }
      }
    }
  }

  std::string At(Level level) const { return " for " + where_ + " at level " + LevelName(level); }

  // True if the row cannot be taken whatever it costs.
  bool DoesNotFit(const Key& key, Level level, const std::string& chosen) {
    if (Value(view_.when, key, 1) != 0) return false;
    grouped_.Add("when", "its condition, " + ExprText(view_.when) + ", does not hold" + At(level) + ", where " +
                             FeatureValues(view_.when, key) + "; that takes " + chosen);
    return true;
  }

  void CompareCosts(const Key& key, Level level, const CatalogRow& chosen) {
    if (chosen.name == row_.name) {
      grouped_.Add("asks", "though it is chosen" + At(level) + ": the plan was made from other models; crop again");
      return;
    }
    const int64_t own = Value(view_.cost, key, 0), other = Value(ViewOf(chosen).cost, key, 0);
    const std::string how = own > other ? "costs " + std::to_string(own) + " where " + chosen.name + " costs " + std::to_string(other)
                                        : "costs as much as " + chosen.name + " (" + std::to_string(own) + "), which comes first by name,";
    grouped_.Add("cost " + chosen.name, "it " + how + At(level));
  }

  void CompareKernels(const Resolved& r, Level level) {
    const Key& key = r.key;
    const CatalogRow& chosen = Catalog()[static_cast<size_t>(r.selection.kernel)];
    if (view_.n_types != 0 && (view_.n_types != key.n_types || !std::equal(key.types, key.types + key.n_types, view_.types))) {
      const std::string own = TypesText(view_.types, view_.n_types), asked = TypesText(key.types, key.n_types);
      grouped_.Add("types " + asked, "it takes " + own + " and is not asked" + At(level) + ", whose types are " + asked);
      return;
    }
    if (DoesNotFit(key, level, chosen.name)) return;
    std::vector<CatalogRow> alone{row_};
    for (const CatalogRow& u : Catalog()) {
      if (u.kind == RowKind::kUkernel) alone.push_back(u);
    }
    const std::vector<uint8_t> bytes = SerializeRows(alone);
    if (!Select({bytes.data(), static_cast<int>(alone.size()), nullptr}, key, level).complete()) {
      grouped_.Add("needs", "no micro-kernel that it needs (" + Joined(row_.needs) + ") fits" + At(level) + "; that takes " + chosen.name);
      return;
    }
    CompareCosts(key, level, chosen);
  }

  void CompareUkernels(const Resolved& r, Level level) {
    const CatalogRow& kernel = Catalog()[static_cast<size_t>(r.selection.kernel)];
    for (int i = 0; i < r.selection.n_ukernels; ++i) {
      if (kernel.needs[static_cast<size_t>(i)] != FamilyOf(row_.name) || r.selection.ukernels[i] < 0) continue;
      const CatalogRow& chosen = Catalog()[static_cast<size_t>(r.selection.ukernels[i])];
      if (!DoesNotFit(r.key, level, chosen.name)) CompareCosts(r.key, level, chosen);
    }
  }

  std::string NobodyCalls() const {
    const std::string family = FamilyOf(row_.name);
    std::vector<std::string> callers;
    for (const CatalogRow& k : Catalog()) {
      if (std::count(k.needs.begin(), k.needs.end(), family) > 0 && k.level != Level::kReference) callers.push_back(k.name);
    }
    return "no node of the listed models runs a kernel that calls micro-kernels of " + family + "; those that do: " + Joined(callers);
  }

  const plan::Plan& plan_;
  const CatalogRow& row_;
  RowView view_;
  std::vector<Level> levels_;  // of the plan, that the row serves
  std::string where_;
  Grouped grouped_;
};

}  // namespace

std::vector<std::string> RowReasons(const plan::Plan& plan, const std::vector<PlannedModel>& models, const CatalogRow& row) {
  return Asker(plan, row).Ask(models);
}

}  // namespace adze::verify
