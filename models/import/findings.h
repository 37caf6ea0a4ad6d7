// SPDX-License-Identifier: Apache-2.0
// The report of an import: every wrong or unsupported thing, collected, then thrown at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "op-registry/core/dtype.h"

namespace adze::import {

// One foreign node cannot be imported, and why. Caught node by node, so that the rest of the model is still looked at.
class NodeError : public std::runtime_error {
 public:
  explicit NodeError(const std::string& text) : std::runtime_error(text) {}
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
  void Add(const std::string& text);
  void AddNode(size_t index, const std::string& name, const std::string& op, const std::string& text);
  bool empty() const { return count_ == 0; }
  // Throws graph::ImportError with all findings, if there are any.
  void Throw() const;

 private:
  std::string source_;
  std::vector<std::string> lines_;
  size_t count_ = 0;
};

}  // namespace adze::import
