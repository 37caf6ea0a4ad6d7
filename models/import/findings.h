// SPDX-License-Identifier: Apache-2.0
// The report of an import: every wrong or unsupported thing, collected, then thrown at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/graph/graph.h"
#include "op-registry/core/dtype.h"

namespace adze::import {

// One foreign node cannot be imported, and why. Caught node by node, so that the rest of the model is still looked at.
class NodeError : public std::runtime_error {
 public:
  using Kind = graph::ImportError::Kind;
  explicit NodeError(const std::string& text, Kind kind = Kind::kUnsupported) : std::runtime_error(text), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

// The same where the file breaks the rules of its own format.
class DamageError : public NodeError {
 public:
  explicit DamageError(const std::string& text) : NodeError(text, Kind::kDamaged) {}
};

// The same where what a node is given does not fit together: shapes, an axis outside a rank, the length of a list. No program of the format
// could run it. That is damage only of a node whose inputs are known: see LowerNode.
class ContradictionError : public DamageError {
 public:
  using DamageError::DamageError;
};

// The node reads the result of a node that failed: nothing can be said of it, and nothing is.
class UnknownInput : public std::exception {};

// A file's name for something, as a message may show it: printable, at most 120 characters, in quotes.
std::string Quoted(const std::string& name);
// "[1, 3, 224, 224]"
std::string DimsText(const std::vector<int64_t>& dims);

class Findings {
 public:
  explicit Findings(std::string source) : source_(std::move(source)) {}
  void Add(const NodeError& error, const std::string& what = "");  // `what` is wrong: "input 'x'"
  void AddNode(size_t index, const std::string& name, const std::string& op, const NodeError& error);
  bool empty() const { return count_ == 0; }
  // Throws graph::ImportError with all findings, if there are any; one damage among them makes the whole report one of damage.
  void Throw() const;

 private:
  std::string source_;
  std::vector<std::string> lines_;
  size_t count_ = 0;
  NodeError::Kind kind_ = NodeError::Kind::kUnsupported;
};

}  // namespace adze::import
