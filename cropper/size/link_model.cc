// SPDX-License-Identifier: Apache-2.0
// Keeping, merging and laying out the sections of objects.
#include "cropper/size/link_model.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>

#include "cropper/generate/prefix.h"
#include "cropper/size/link_tables.h"

namespace adze::size {
namespace {

bool StartsWith(const std::string& s, const std::string& prefix) { return s.compare(0, prefix.size(), prefix) == 0; }
bool EndsWith(const std::string& s, const std::string& end) {
  return s.size() >= end.size() && s.compare(s.size() - end.size(), end.size(), end) == 0;
}

// A section of one of the objects.
using Place = std::pair<size_t, size_t>;

struct Definition {
  Place place;
  bool weak = false, exported = false;
};

// Where the linker's default script puts a section, and in which of that section's groups.
std::pair<std::string, int> OutputOf(const ObjectSection& s) {
  const std::string& n = s.name;
  if (StartsWith(n, ".text")) {
    if (StartsWith(n, ".text.unlikely") || EndsWith(n, "_unlikely")) return {".text", 0};
    if (StartsWith(n, ".text.exit")) return {".text", 1};
    if (StartsWith(n, ".text.startup")) return {".text", 2};
    if (StartsWith(n, ".text.hot")) return {".text", 3};
    if (StartsWith(n, ".text.sorted.")) return {".text", 4};
    return {".text", 5};
  }
  if (StartsWith(n, ".data.rel.ro.local")) return {".data.rel.ro", 0};
  for (const char* output : {".data.rel.ro", ".rodata", ".data", ".bss", ".tdata", ".tbss", ".init_array", ".fini_array"}) {
    if (n == output || StartsWith(n, std::string(output) + ".")) return {output, 1};
  }
  return {n, 1};
}

class Link {
 public:
  Link(const std::vector<LinkInput>& inputs, const LinkOptions& options) : inputs_(inputs), options_(options) {
    ChooseGroups();
    Define();
    Keep();
    LayOut();
  }

  std::vector<Claim> Claims() {
    std::vector<Claim> claims = claims_;
    const std::vector<Claim> tables = TableClaims(Needs(), outputs_, options_);
    claims.insert(claims.end(), tables.begin(), tables.end());
    return claims;
  }

 private:
  const ObjectSection& At(const Place& p) const { return inputs_[p.first].shape->sections[p.second]; }
  bool Discarded(const Place& p) const {
    const std::string& group = At(p).group;
    return !group.empty() && keeper_.at(group) != p.first;
  }

  // The first object that has a group keeps it.
  void ChooseGroups() {
    for (size_t i = 0; i < inputs_.size(); ++i) {
      for (const ObjectSection& s : inputs_[i].shape->sections) {
        if (!s.group.empty()) keeper_.emplace(s.group, i);
      }
    }
  }

  void Define() {
    for (size_t i = 0; i < inputs_.size(); ++i) {
      for (const ObjectSymbol& s : inputs_[i].shape->symbols) {
        const Place place{i, static_cast<size_t>(s.section)};
        if (Discarded(place)) continue;
        const auto [at, added] = symbols_.emplace(s.name, Definition{place, s.weak, s.exported});
        if (!added && at->second.weak && !s.weak) at->second = {place, s.weak, s.exported};
      }
    }
  }

  void Mark(const Place& p) {
    if (kept_.insert(p).second) queue_.push_back(p);
  }

  // A section that another object's group replaced: the one of the same name there.
  Place Replacement(const Place& p) const {
    if (!Discarded(p)) return p;
    const size_t object = keeper_.at(At(p).group);
    const auto& sections = inputs_[object].shape->sections;
    for (size_t k = 0; k < sections.size(); ++k) {
      if (sections[k].group == At(p).group && sections[k].name == At(p).name) return {object, k};
    }
    return p;
  }

  // From what a shared library shows, along references.
  void Keep() {
    for (const auto& entry : symbols_) {
      if (entry.second.exported) Mark(entry.second.place);
    }
    for (size_t i = 0; i < inputs_.size(); ++i) {
      for (size_t k = 0; k < inputs_[i].shape->sections.size(); ++k) {
        if (At({i, k}).note) Mark({i, k});
      }
    }
    while (!queue_.empty()) {
      const Place from = queue_.front();
      queue_.pop_front();
      for (const Reference& r : At(from).references) {
        if (r.section >= 0) {
          Mark(Replacement({from.first, static_cast<size_t>(r.section)}));
        } else if (const auto to = symbols_.find(r.symbol); to != symbols_.end()) {
          Mark(to->second.place);
        }
      }
    }
  }

  // Sections whose equal entries become one: of one size of entry, kind and alignment.
  struct MergeKey {
    std::string output;
    uint64_t entry_bytes;
    bool strings;
    uint64_t align;
    bool operator<(const MergeKey& o) const {
      return std::tie(output, entry_bytes, strings, align) < std::tie(o.output, o.entry_bytes, o.strings, o.align);
    }
  };

  static MergeKey KeyOf(const ObjectSection& s) { return {OutputOf(s).first, s.entry_bytes, s.strings, s.align}; }

  // Of all kept sections of a key: entries that are the end of another one.
  void FindTails(const std::vector<Place>& order) {
    std::map<MergeKey, std::set<std::string>> reversed;
    for (const Place& p : order) {
      const ObjectSection& s = At(p);
      if (!s.strings || s.entry_bytes != 1) continue;
      for (const std::string& e : s.entries) reversed[KeyOf(s)].insert(std::string(e.rbegin(), e.rend()));
    }
    for (const auto& [key, entries] : reversed) {
      for (auto at = entries.begin(); at != entries.end(); ++at) {
        const auto next = std::next(at);
        if (next != entries.end() && StartsWith(*next, *at) && (next->size() - at->size()) % key.align == 0)
          tails_[key].insert(std::string(at->rbegin(), at->rend()));
      }
    }
  }

  // What is left of a merged section behind `at`; 0: nothing.
  uint64_t MergedBytes(const ObjectSection& s) {
    const MergeKey key = KeyOf(s);
    uint64_t size = 0;
    for (const std::string& e : s.entries) {
      if (tails_[key].count(e) != 0 || !merged_[key].insert(e).second) continue;
      size = (size + s.align - 1) / s.align * s.align + e.size();
    }
    return size;
  }

  void LayOut() {
    std::vector<Place> order(kept_.begin(), kept_.end());
    std::stable_sort(order.begin(), order.end(), [&](const Place& a, const Place& b) { return OutputOf(At(a)) < OutputOf(At(b)); });
    FindTails(order);
    for (const Place& p : order) {
      const ObjectSection& s = At(p);
      Output& out = outputs_[OutputOf(s).first];
      const uint64_t bytes = s.entry_bytes > 0 ? MergedBytes(s) : s.bytes;
      if (bytes == 0) continue;
      const uint64_t begin = (out.bytes + s.align - 1) / s.align * s.align;
      const std::string section = OutputOf(s).first;
      if (begin > out.bytes) claims_.push_back({"(padding)", section, begin - out.bytes, true, s.in_file});
      claims_.push_back({s.entry_bytes > 0 ? "(merged strings and constants)" : inputs_[p.first].owner, section, bytes, true, s.in_file});
      out.bytes = begin + bytes;
      out.align = std::max(out.align, s.align);
      out.in_file = s.in_file;
      out.writable = s.writable;
      out.note = s.note;
    }
  }

  // What kept sections ask of the tables.
  DynamicNeeds Needs() const {
    DynamicNeeds needs;
    for (const auto& [name, definition] : symbols_) {
      if (definition.exported) needs.exported.push_back(options_.prefix.empty() ? name : generate::PrefixedName(name, options_.prefix));
    }
    for (const Place& p : kept_) {
      for (const Reference& r : At(p).references) Ask(p, r, &needs);
    }
    return needs;
  }

  void Ask(const Place& from, const Reference& r, DynamicNeeds* needs) const {
    const auto to = r.section < 0 ? symbols_.find(r.symbol) : symbols_.end();
    const bool own = r.section >= 0 || to != symbols_.end();
    const bool replaceable = !own || (to != symbols_.end() && to->second.exported && options_.prefix.empty());
    if (!own) needs->imported.insert(r.symbol);
    const std::string target = r.section >= 0 ? std::to_string(from.first) + ":" + std::to_string(r.section) : r.symbol;
    switch (r.kind) {
      case ReferenceKind::kPlain: break;
      case ReferenceKind::kCall:
        if (replaceable) needs->called.insert(target);
        break;
      case ReferenceKind::kGotOrNot:
        if (replaceable) needs->slots.insert(target);
        break;
      case ReferenceKind::kGot: needs->slots.insert(target); break;
      case ReferenceKind::kAddress: needs->addresses += r.count; break;
    }
  }

  const std::vector<LinkInput>& inputs_;
  const LinkOptions& options_;
  std::map<std::string, size_t> keeper_;  // group -> object
  std::map<std::string, Definition> symbols_;
  std::set<Place> kept_;
  std::deque<Place> queue_;
  std::map<MergeKey, std::set<std::string>> tails_, merged_;
  std::map<std::string, Output> outputs_;
  std::vector<Claim> claims_;
};

}  // namespace

std::vector<Claim> ModelLink(const std::vector<LinkInput>& inputs, const LinkOptions& options) { return Link(inputs, options).Claims(); }

}  // namespace adze::size
