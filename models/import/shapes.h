// SPDX-License-Identifier: Apache-2.0
// What a user declares of the shapes of a model's inputs: numbers and ranges for dims that the model leaves open.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace adze::import {

// first, first + step, ... up to last.
struct DimRange {
  int64_t first = 0, last = 0, step = 1;
};

// "batch = 1..4" (a symbol, as the model names a dim) or "x = [1, 3, 48, 160..640/32]" (an input, all of its dims).
struct DeclaredShape {
  std::string name;
  bool is_input = false;
  std::vector<DimRange> dims;  // of a symbol: one
};

// A declaration that cannot be read; what() says why and what to write.
class ShapeError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A dim is a number of 0 or more, A..B or A..B/STEP. A value in brackets or with commas is an input's. Throws ShapeError.
DeclaredShape ParseShape(const std::string& text);

// One choice of a number for everything that is declared.
struct InputShapes {
  std::map<std::string, int64_t> symbols;
  std::map<std::string, std::vector<int64_t>> inputs;

  // "batch = 1, x = [1, 3]"; empty where nothing is declared.
  std::string Text() const;
};
bool operator==(const InputShapes& a, const InputShapes& b);
bool operator<(const InputShapes& a, const InputShapes& b);

// More would make a file of graphs rather than of weights.
inline constexpr size_t kMaxShapes = 64;

// Every choice, ascending, each once: several declarations of one name are alternatives, those of different names are combined. Without
// declarations: one choice of nothing. Throws ShapeError beyond kMaxShapes.
std::vector<InputShapes> AllShapes(const std::vector<DeclaredShape>& declared);

}  // namespace adze::import
