// SPDX-License-Identifier: Apache-2.0
// Edit distance.
#include "cropper/verify/near_names.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace adze::verify {
namespace {

constexpr size_t kShown = 8;

size_t Distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t substitute = diagonal + (a[i - 1] != b[j - 1] ? 1 : 0);
      diagonal = row[j];
      row[j] = std::min({substitute, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::vector<std::string> NearNames(const std::vector<std::string>& candidates, const std::string& name) {
  const std::string part = name.substr(0, name.find("__"));
  std::vector<std::pair<size_t, std::string>> ranked;
  for (const std::string& c : std::set<std::string>(candidates.begin(), candidates.end())) {
    const size_t distance = Distance(name, c);
    const bool holds = part.size() > 2 && c.find(part) != std::string::npos;
    if (holds || distance <= std::max<size_t>(2, name.size() / 4)) ranked.emplace_back(distance, c);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> near;
  for (size_t i = 0; i < std::min(kShown, ranked.size()); ++i) near.push_back(ranked[i].second);
  return near;
}

std::string NearText(const std::vector<std::string>& candidates, const std::string& name) {
  std::string text;
  for (const std::string& n : NearNames(candidates, name)) text += (text.empty() ? "; near it: " : ", ") + n;
  return text;
}

}  // namespace adze::verify
