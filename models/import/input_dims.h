// SPDX-License-Identifier: Apache-2.0
// The dims of a model's inputs, from what its file states and what is declared.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/import/builder.h"
#include "models/import/findings.h"
#include "models/import/shapes.h"

namespace adze::import {

// A dim as a file has it: a number, or open, with or without a name.
struct StatedDim {
  int64_t number = -1;  // below 0: open
  std::string symbol;   // of an open dim, may be empty
};

class InputDims {
 public:
  explicit InputDims(const InputShapes& declared) : declared_(declared), symbols_(declared.symbols) {}

  // To be called for all inputs first: a declared input gives its symbols their numbers. Throws NodeError where that contradicts the file or
  // another declaration.
  void Bind(const std::string& input, const std::vector<StatedDim>& stated);

  // The dims of a tensor. Throws NodeError that says what to write where one stays open.
  Dims Of(const std::string& name, const std::vector<StatedDim>& stated) const;

  // Bind has refused it: nothing can be said of its dims.
  bool IsRefused(const std::string& input) const { return refused_.count(input) != 0; }
  bool IsDeclared(const std::string& input) const { return declared_.inputs.count(input) != 0; }

  // A finding for each declaration of something that the model has not.
  void ReportUnknown(Findings* findings) const;

 private:
  const InputShapes& declared_;
  std::map<std::string, int64_t> symbols_;
  std::map<std::string, std::vector<StatedDim>> inputs_;
  std::set<std::string> refused_;
};

}  // namespace adze::import
