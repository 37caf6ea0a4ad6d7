// SPDX-License-Identifier: Apache-2.0
// The report of an import: collecting and throwing.
#include "models/import/findings.h"

namespace adze::import {
namespace {

constexpr size_t kMaxLines = 1000;  // a hostile file may hold a million bad nodes
constexpr size_t kMaxName = 120;
constexpr size_t kMaxText = 2000;

}  // namespace

std::string Quoted(const std::string& name) {
  std::string text = "'";
  for (const char c : name.substr(0, kMaxName)) text += c < ' ' || c > '~' ? '?' : c;
  return text + (name.size() > kMaxName ? "...'" : "'");
}

std::string DimsText(const std::vector<int64_t>& dims) {
  std::string text = "[";
  for (size_t i = 0; i < dims.size(); ++i) {
    if (i == 16) return text + ", ...]";
    text += (i == 0 ? "" : ", ") + std::to_string(dims[i]);
  }
  return text + "]";
}

void Findings::Add(const NodeError& error, const std::string& what) {
  if (error.kind() == NodeError::Kind::kDamaged) kind_ = NodeError::Kind::kDamaged;
  if (++count_ > kMaxLines) return;
  std::string line = ((what.empty() ? "" : what + ": ") + error.what()).substr(0, kMaxText);
  for (char& c : line) c = c < ' ' || c > '~' ? '?' : c;  // names from the file may hold anything
  lines_.push_back(source_ + ": " + line);
}

void Findings::AddNode(size_t index, const std::string& name, const std::string& op, const NodeError& error) {
  Add(error, "node " + std::to_string(index) + " " + Quoted(name) + " (" + op.substr(0, kMaxName) + ")");
}

void Findings::Throw() const {
  if (empty()) return;
  std::string report;
  for (const std::string& line : lines_) report += (report.empty() ? "" : "\n") + line;
  if (count_ > kMaxLines) report += "\n" + source_ + ": and " + std::to_string(count_ - kMaxLines) + " findings more";
  throw graph::ImportError(report, kind_);
}

}  // namespace adze::import
