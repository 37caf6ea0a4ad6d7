// SPDX-License-Identifier: Apache-2.0
// Random catalogs of rows and keys, and select() written the slow way: for the tests of selection and its fuzzer.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "op-registry/core/select.h"

namespace adze::testing_rows {

struct TestRow {
  RowKind kind = RowKind::kKernel;
  std::string name;
  Level level = Level::kAny;
  std::string op;
  std::vector<DType> types;
  std::vector<std::string> needs;
  Expr when, cost, scratch;
};

// The layout documented in row_table.h.
inline void Serialize(const TestRow& r, std::vector<uint8_t>* out) {
  const size_t head[] = {static_cast<size_t>(r.kind),
                         static_cast<size_t>(r.level),
                         r.name.size(),
                         r.op.size(),
                         r.types.size(),
                         r.needs.size(),
                         r.when.size,
                         r.cost.size,
                         r.scratch.size};
  for (const size_t n : head) out->push_back(static_cast<uint8_t>(n));
  out->insert(out->end(), r.name.begin(), r.name.end());
  out->insert(out->end(), r.op.begin(), r.op.end());
  for (const DType t : r.types) out->push_back(static_cast<uint8_t>(t));
  for (const std::string& need : r.needs) {
    out->push_back(static_cast<uint8_t>(need.size()));
    out->insert(out->end(), need.begin(), need.end());
  }
  for (const Expr* e : {&r.when, &r.cost, &r.scratch}) out->insert(out->end(), e->code, e->code + e->size);
}

using Rows = std::vector<TestRow>;

// The names that were selected, "" for a need that nobody meets, and the scratch size.
struct Names {
  std::vector<std::string> list;
  int64_t scratch = 0;
  bool operator==(const Names& other) const { return list == other.list && scratch == other.scratch; }
};

inline Names SelectNames(const Rows& rows, const Key& key, Level level) {
  std::vector<uint8_t> bytes;
  for (const TestRow& r : rows) Serialize(r, &bytes);
  bytes.push_back(0);  // data() of an empty table must not be null
  const RowTable table{bytes.data(), static_cast<int>(rows.size()), nullptr};
  const Selection s = Select(table, key, level);
  Names names;
  if (s.kernel < 0) return names;
  names.list.push_back(rows[s.kernel].name);
  for (int i = 0; i < s.n_ukernels; ++i) names.list.push_back(s.ukernels[i] < 0 ? "" : rows[s.ukernels[i]].name);
  names.scratch = s.scratch_bytes;
  return names;
}

inline int64_t ValueOf(const Expr& e, const Key& key, int64_t if_empty) { return Evaluate(e.code, e.size, key, if_empty); }

inline bool Fits(const TestRow& r, const Key& key, Level level) { return Serves(r.level, level) && ValueOf(r.when, key, 1) != 0; }

// The definition, the slow way.
inline Names Oracle(const Rows& rows, const Key& key, Level level) {
  std::optional<std::tuple<bool, int64_t, std::string, Names>> best;
  for (const TestRow& k : rows) {
    const std::vector<DType> types(key.types, key.types + key.n_types);
    if (k.kind != RowKind::kKernel || k.op != key.op || (!k.types.empty() && k.types != types) || !Fits(k, key, level)) continue;
    Names names{{k.name}, ValueOf(k.scratch, key, 0)};
    bool incomplete = false;
    for (const std::string& need : k.needs) {
      std::vector<std::pair<int64_t, std::string>> candidates;
      for (const TestRow& u : rows) {
        if (u.kind != RowKind::kUkernel || u.name.substr(0, u.name.find("__")) != need || !Fits(u, key, level)) continue;
        candidates.emplace_back(ValueOf(u.cost, key, 0), u.name);
      }
      incomplete |= candidates.empty();
      names.list.push_back(candidates.empty() ? "" : std::min_element(candidates.begin(), candidates.end())->second);
    }
    const auto rank = std::make_tuple(incomplete, ValueOf(k.cost, key, 0), k.name);
    if (!best || rank < std::make_tuple(std::get<0>(*best), std::get<1>(*best), std::get<2>(*best))) {
      best.emplace(std::get<0>(rank), std::get<1>(rank), std::get<2>(rank), names);
    }
  }
  return best ? std::get<3>(*best) : Names();
}

// Where choices come from: a seed, or the bytes of a fuzzer, which give 0 once they are used up.
class Random {
 public:
  explicit Random(uint32_t seed) : engine_(seed) {}
  Random(const uint8_t* bytes, size_t size) : bytes_(bytes), left_(size) {}

  int Below(int n) {
    if (bytes_ == nullptr) return static_cast<int>(engine_() % static_cast<uint32_t>(n));
    if (left_ == 0) return 0;
    --left_;
    return *bytes_++ % n;
  }

  // Few distinct values, so that constraints hold about half the time and costs often tie.
  Expr Constraint() {
    const auto f = static_cast<Feature>(Below(3));
    const int n = Below(4);
    switch (Below(5)) {
      case 0: return F(f) == n;
      case 1: return F(f) <= n && F(static_cast<Feature>(Below(3))) >= 1;
      case 2: return !(F(f) == n);
      default: return Expr();
    }
  }
  Expr Cost() {
    if (Below(4) == 0) return Expr();
    const Expr base = Below(3);
    return Below(2) != 0 ? base : base + F(static_cast<Feature>(Below(3))) * Below(3);
  }
  Level AnyLevel() { return static_cast<Level>(Below(kLevelCount)); }
  std::vector<DType> Types() {
    std::vector<DType> t(static_cast<size_t>(Below(3)));
    for (DType& d : t) d = static_cast<DType>(Below(2));
    return t;
  }

  Rows Catalog() {
    static const char* const kOps[] = {"add", "conv2d"};
    static const char* const kFamilies[] = {"gemm", "gemm_f32", "dw"};
    Rows rows;
    const int n = Below(24);
    for (int i = 0; i < n; ++i) {
      TestRow r;
      r.kind = static_cast<RowKind>(Below(8) == 0 ? 0 : 1 + Below(2));
      r.level = AnyLevel();
      r.when = Constraint();
      r.cost = Cost();
      const std::string tail = "__" + std::to_string(Below(250)) + "_" + std::to_string(i);  // order of names is not order of rows
      if (r.kind == RowKind::kUkernel) {
        r.name = kFamilies[Below(3)] + tail;
      } else {
        r.op = kOps[Below(2)];
        r.name = r.op + tail;
      }
      if (r.kind == RowKind::kKernel) {
        r.types = Types();
        for (int k = Below(kMaxNeeds + 1); k > 0; --k) r.needs.emplace_back(kFamilies[Below(3)]);
        r.scratch = Cost();
      }
      rows.push_back(r);
    }
    return rows;
  }

  Key AnyKey() {
    Key k;
    k.op = Below(2) != 0 ? "add" : "conv2d";
    for (const DType t : Types()) k.types[k.n_types++] = t;
    for (int f = 0; f < 3; ++f) k.features[f] = Below(4);
    return k;
  }

 private:
  std::mt19937 engine_;
  const uint8_t* bytes_ = nullptr;
  size_t left_ = 0;
};

}  // namespace adze::testing_rows
