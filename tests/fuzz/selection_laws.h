// SPDX-License-Identifier: Apache-2.0
// The algebra of selection, over random catalogs, lists of nodes and levels: what a crop promises whatever the rows are. One body for the fuzzer and
// for the seeded test.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "op-registry/testing/random_rows.h"

namespace adze::fuzz {

using testing_rows::Names;
using testing_rows::Random;
using testing_rows::Rows;
using testing_rows::SelectNames;
using testing_rows::TestRow;

// How often each law was put to the test: a run that never was proves nothing.
struct Counts {
  int kept = 0, refused = 0, recropped = 0;
};

inline void Hold(bool law, const char* words) {
  if (law) return;
  std::fprintf(stderr, "broken: %s\n", words);
  std::abort();
}

using Ids = std::set<std::string>;

inline bool Complete(const Names& names) {
  return !names.list.empty() && std::find(names.list.begin(), names.list.end(), "") == names.list.end();
}

// A list of nodes at levels: what a crop is made for.
struct Wish {
  std::vector<Key> keys;
  std::vector<Level> levels;
};

// What the planner keeps of `rows`: each node's selection at each level. Incomplete ones, which it refuses, keep nothing.
inline Ids Kept(const Rows& rows, const Wish& wish) {
  Ids ids;
  for (const Key& key : wish.keys) {
    for (const Level level : wish.levels) {
      const Names names = SelectNames(rows, key, level);
      if (Complete(names)) ids.insert(names.list.begin(), names.list.end());
    }
  }
  return ids;
}

inline Rows Only(const Rows& rows, const Ids& ids) {
  Rows some;
  for (const TestRow& r : rows) {
    if (ids.count(r.name) != 0) some.push_back(r);
  }
  return some;
}

inline Ids Union(Ids a, const Ids& b) {
  a.insert(b.begin(), b.end());
  return a;
}

inline bool Same(const Names& a, const Names& b) { return a.list == b.list && a.scratch == b.scratch; }

// A node outside the crop: refused with exactly the rows that it lacks. Each of them is needed, together they suffice, and a crop that refuses
// names a need that really nobody meets.
inline void CheckRefusal(const Rows& full, const Ids& kept, const Key& key, Level level, Counts* counts) {
  const Names want = SelectNames(full, key, level), got = SelectNames(Only(full, kept), key, level);
  if (Complete(got) || !Complete(want)) return;
  ++counts->refused;
  Ids missing;
  for (const std::string& id : want.list) {
    if (kept.count(id) == 0) missing.insert(id);
  }
  Hold(!missing.empty(), "a refusal lacks nothing");
  Hold(Same(SelectNames(Only(full, Union(kept, missing)), key, level), want), "the rows that a refusal lists do not suffice");
  for (const std::string& id : missing) {
    Ids less = Union(kept, missing);
    less.erase(id);
    Hold(!Same(SelectNames(Only(full, less), key, level), want), "a refusal lists a row that is not needed");
  }
  if (!got.list.empty()) {
    const auto kernel = std::find_if(full.begin(), full.end(), [&](const TestRow& r) { return r.name == got.list[0]; });
    for (size_t i = 1; i < got.list.size(); ++i) {
      const bool met = std::any_of(full.begin(), full.end(), [&](const TestRow& r) {
        return kept.count(r.name) != 0 && r.kind == RowKind::kUkernel && r.name.substr(0, r.name.find("__")) == kernel->needs[i - 1] &&
               testing_rows::Fits(r, key, level);
      });
      Hold(met == !got.list[i].empty(), "a refusal names the wrong micro-kernels");
    }
  }
}

inline Wish AnyWish(Random* random) {
  Wish wish;
  for (int n = random->Below(5); n > 0; --n) wish.keys.push_back(random->AnyKey());
  for (int n = 1 + random->Below(3); n > 0; --n) wish.levels.push_back(random->AnyLevel());
  return wish;
}

inline Wish Together(Wish a, const Wish& b) {
  a.keys.insert(a.keys.end(), b.keys.begin(), b.keys.end());
  return a;
}

// Aborts, naming the law, where one does not hold.
inline void CheckSelectionLaws(Random* random, Counts* counts) {
  const Rows full = random->Catalog();
  Wish a = AnyWish(random), b = AnyWish(random), c = AnyWish(random);
  b.levels = c.levels = a.levels;  // one profile
  const Wish ab = Together(a, b), abc = Together(ab, c);
  const Ids of_a = Kept(full, a), of_b = Kept(full, b), of_ab = Kept(full, ab), of_abc = Kept(full, abc);

  Hold(of_ab == Union(of_a, of_b), "the crop of two lists is not the union of their crops");
  Hold(of_ab == Kept(full, Together(b, a)), "the order of lists matters");
  Hold(of_abc == Kept(full, Together(a, Together(b, c))), "union is not associative");
  Hold(Kept(full, Together(a, a)) == of_a, "a list given twice keeps more");
  Hold(std::includes(of_ab.begin(), of_ab.end(), of_a.begin(), of_a.end()), "a longer list keeps less");
  Rows reversed(full.rbegin(), full.rend());
  Hold(Kept(reversed, ab) == of_ab, "the order of rows matters");

  // P1: what is kept is what will be asked for; a crop cut from a crop is the crop cut from everything.
  const Rows crop = Only(full, of_abc);
  Hold(Kept(crop, abc) == of_abc, "a crop cropped again loses rows");
  Hold(Kept(crop, a) == of_a, "a crop of a crop is not the crop of the whole");
  counts->recropped += of_a != of_abc ? 1 : 0;
  for (const Key& key : abc.keys) {
    for (const Level level : a.levels) {
      const Names want = SelectNames(full, key, level);
      if (!Complete(want)) continue;
      ++counts->kept;
      Hold(Same(SelectNames(crop, key, level), want), "a crop selects other rows than the full runtime");
    }
  }
  for (const Key& key : Together(b, c).keys) {
    for (const Level level : a.levels) CheckRefusal(full, of_a, key, level, counts);
  }
}

}  // namespace adze::fuzz
