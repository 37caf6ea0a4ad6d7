// SPDX-License-Identifier: Apache-2.0
// Reading declarations of shapes, and spelling out the choices that they leave.
#include "models/import/shapes.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "models/import/findings.h"

namespace adze::import {
namespace {

constexpr char kForm[] = "; write a dim of the model as batch = 1 or batch = 1..8, or a whole input as x = [1, 3, 160..640/32, 320]";

std::string Trim(const std::string& text) {
  const size_t first = text.find_first_not_of(" \t");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Names with blanks or signs stand in quotes.
std::string Unquote(const std::string& text) {
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

int64_t ParseNumber(const std::string& text, const std::string& whole) {
  const std::string digits = Trim(text);
  int64_t number = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || number < 0 || number > INT32_MAX)
    throw ShapeError("'" + whole + "': '" + digits + "' is no dim" + kForm);
  return number;
}

DimRange ParseRange(const std::string& text, const std::string& whole) {
  DimRange range;
  const size_t dots = text.find("..");
  if (dots == std::string::npos) {
    range.first = range.last = ParseNumber(text, whole);
    return range;
  }
  const size_t slash = text.find('/', dots);
  range.first = ParseNumber(text.substr(0, dots), whole);
  range.last = ParseNumber(text.substr(dots + 2, slash == std::string::npos ? slash : slash - dots - 2), whole);
  if (slash != std::string::npos) range.step = ParseNumber(text.substr(slash + 1), whole);
  if (range.last < range.first || range.step == 0)
    throw ShapeError("'" + whole + "': the range " + Trim(text) + " holds nothing; write it from the smaller to the larger dim");
  return range;
}

// A name and its choices; of a symbol each choice is one number.
struct Choices {
  std::string name;
  bool is_input;
  std::vector<std::vector<int64_t>> values;
};

// All combinations of the ranges' numbers, the last dim varying fastest.
void AppendCombinations(const DeclaredShape& shape, std::vector<std::vector<int64_t>>* values) {
  std::vector<int64_t> now;
  for (const DimRange& dim : shape.dims) now.push_back(dim.first);
  for (;;) {
    if (std::find(values->begin(), values->end(), now) == values->end()) values->push_back(now);
    if (values->size() > kMaxShapes) return;  // refused by the caller
    size_t d = now.size();
    while (d > 0 && now[d - 1] + shape.dims[d - 1].step > shape.dims[d - 1].last) {
      now[d - 1] = shape.dims[d - 1].first;
      --d;
    }
    if (d == 0) return;
    now[d - 1] += shape.dims[d - 1].step;
  }
}

}  // namespace

DeclaredShape ParseShape(const std::string& text) {
  const std::string whole = Trim(text);
  DeclaredShape shape;
  // Exporters' names may hold '=', dims never do.
  const size_t equals = whole.rfind('=');
  if (equals == std::string::npos) throw ShapeError("'" + whole + "' declares no shape" + kForm);
  shape.name = Unquote(Trim(whole.substr(0, equals)));
  std::string value = Trim(whole.substr(equals + 1));
  if (shape.name.empty() || value.empty()) throw ShapeError("'" + whole + "' declares no shape" + kForm);
  const bool bracketed = value.front() == '[';
  if (bracketed != (value.back() == ']')) throw ShapeError("'" + whole + "': a bracket is not closed" + kForm);
  if (bracketed) value = Trim(value.substr(1, value.size() - 2));
  shape.is_input = bracketed || value.find(',') != std::string::npos;
  for (size_t begin = 0; !value.empty() && begin <= value.size();) {
    const size_t comma = std::min(value.find(',', begin), value.size());
    shape.dims.push_back(ParseRange(value.substr(begin, comma - begin), whole));
    begin = comma + 1;
  }
  return shape;
}

std::string InputShapes::Text() const {
  std::string text;
  for (const auto& [name, dim] : symbols) text += (text.empty() ? "" : ", ") + name + " = " + std::to_string(dim);
  for (const auto& [name, dims] : inputs) text += (text.empty() ? "" : ", ") + name + " = " + DimsText(dims);
  return text;
}

bool operator==(const InputShapes& a, const InputShapes& b) { return a.symbols == b.symbols && a.inputs == b.inputs; }
bool operator<(const InputShapes& a, const InputShapes& b) { return std::tie(a.symbols, a.inputs) < std::tie(b.symbols, b.inputs); }

std::vector<InputShapes> AllShapes(const std::vector<DeclaredShape>& declared) {
  std::vector<Choices> all;
  for (const DeclaredShape& shape : declared) {
    auto at = std::find_if(all.begin(), all.end(), [&](const Choices& c) { return c.name == shape.name && c.is_input == shape.is_input; });
    if (at == all.end()) at = all.insert(all.end(), {shape.name, shape.is_input, {}});
    AppendCombinations(shape, &at->values);
  }
  std::vector<InputShapes> shapes(1);
  for (const Choices& choices : all) {
    std::vector<InputShapes> longer;
    for (const InputShapes& shorter : shapes) {
      for (const std::vector<int64_t>& value : choices.values) {
        longer.push_back(shorter);
        if (choices.is_input) {
          longer.back().inputs[choices.name] = value;
        } else {
          longer.back().symbols[choices.name] = value.front();
        }
      }
      if (longer.size() > kMaxShapes) {
        throw ShapeError("the declared shapes are more than " + std::to_string(kMaxShapes) +
                         " combinations, each of which is planned by itself; give the ranges larger steps (160..640/32)");
      }
    }
    shapes = std::move(longer);
  }
  std::sort(shapes.begin(), shapes.end());
  return shapes;
}

}  // namespace adze::import
