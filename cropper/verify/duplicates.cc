// SPDX-License-Identifier: Apache-2.0
// Comparing crops pair by pair by their manifests, and by their units where the folders are known.
#include "cropper/verify/duplicates.h"

#include <algorithm>
#include <optional>
#include <set>

namespace adze::verify {
namespace {

// Rows with all that selection reads of them: a name alone could stand for another version's row.
std::set<std::string> Rows(const size::Manifest& manifest) {
  std::set<std::string> rows;
  for (const size::ManifestRow& r : manifest.rows) {
    std::string types;
    for (const DType t : r.types) types += std::string(" ") + std::to_string(static_cast<int>(t));
    rows.insert(std::to_string(static_cast<int>(r.kind)) + " " + r.name + " " + r.op + " " + LevelName(r.level) + types);
  }
  return rows;
}

bool Contains(const std::set<std::string>& all, const std::set<std::string>& some) {
  for (const std::string& s : some) {
    if (all.count(s) == 0) return false;
  }
  return true;
}

const char kOneCrop[] = "crop once, with the models of both in one list, and ship that library alone";

// The bytes that `a` and `b` both hold of the same units.
uint64_t SharedBytes(const ShippedCrop& a, const ShippedCrop& b, int* n) {
  uint64_t bytes = 0;
  for (const auto& [unit, size] : a.units) {
    const auto other = b.units.find(unit);
    if (other == b.units.end()) continue;
    bytes += std::min(size, other->second);
    ++*n;
  }
  return bytes;
}

std::optional<Finding> Compare(const ShippedCrop& a, const ShippedCrop& b) {
  const std::set<std::string> rows_a = Rows(a.manifest), rows_b = Rows(b.manifest);
  Finding f{"duplicate crop", b.elf.path, "", kOneCrop, std::nullopt, false};
  if (a.manifest.crop_id == b.manifest.crop_id) {
    f.what = "is the same crop as " + a.elf.path + " (id " + a.manifest.crop_id + ")";
    f.fix = "ship one of them; both the app's parts link the same file";
    f.bytes = b.elf.AllocBytes();
    return f;
  }
  const bool a_has_b = Contains(rows_a, rows_b), b_has_a = Contains(rows_b, rows_a);
  if (a.manifest.levels == b.manifest.levels && (a_has_b || b_has_a)) {
    const ShippedCrop& inner = a_has_b ? b : a;
    const ShippedCrop& outer = a_has_b ? a : b;
    f.library = inner.elf.path;
    f.what = "all its " + std::to_string(inner.manifest.rows.size()) + " rows are in " + outer.elf.path + " too, at the same levels";
    f.fix = "leave it out: " + outer.elf.path + " runs its models";
    f.bytes = inner.elf.AllocBytes();
    return f;
  }
  if (!a.units.empty() && !b.units.empty()) {
    int n = 0;
    const uint64_t bytes = SharedBytes(a, b, &n);
    if (bytes == 0) return std::nullopt;
    f.what = std::to_string(n) + " units are in " + a.elf.path + " too";
    f.bytes = bytes;
    return f;
  }
  f.what = "is a second runtime beside " + a.elf.path + "; how many bytes are there twice only the crops' folders can tell";
  return f;
}

}  // namespace

std::vector<Finding> Duplicates(const std::vector<ShippedCrop>& crops) {
  std::vector<Finding> findings;
  for (size_t j = 1; j < crops.size(); ++j) {
    for (size_t i = 0; i < j; ++i) {
      if (crops[i].elf.arch != crops[j].elf.arch) continue;
      const std::optional<Finding> f = Compare(crops[i], crops[j]);
      if (f) findings.push_back(*f);
    }
  }
  return findings;
}

}  // namespace adze::verify
