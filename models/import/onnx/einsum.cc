// SPDX-License-Identifier: Apache-2.0
// Einsum as diagonals, sums, matrix products and transposes. Operands are joined from the left, two at a time.
#include <algorithm>
#include <map>
#include <set>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

// A dim by its letter; the dims of "..." have '0' and up, counted from the end, so that they align there.
using Labels = std::string;

struct Operand {
  int value;
  Labels labels;
};

struct Equation {
  std::vector<std::string> terms;
  std::string out;
  bool has_out = false;
};

Equation Parse(const std::string& text) {
  Equation e;
  std::string left, *side = &left;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ') continue;
    if (text.compare(i, 2, "->") == 0 && !e.has_out) {
      e.has_out = true;
      side = &e.out;
      ++i;
    } else if (text.compare(i, 3, "...") == 0) {
      *side += '.';
      i += 2;
    } else if (std::isalpha(static_cast<unsigned char>(text[i])) != 0 || (text[i] == ',' && side == &left)) {
      *side += text[i];
    } else {
      throw DamageError("the equation " + Quoted(text) + " has an unexpected " + Quoted(text.substr(i, 1)));
    }
  }
  std::string term;
  for (const char c : left + ",") {
    if (c != ',') {
      term += c;
    } else {
      e.terms.push_back(term);
      term.clear();
    }
  }
  return e;
}

Labels Spread(const std::string& term, size_t hidden) {
  Labels labels;
  for (const char c : term) {
    if (c != '.') labels += c;
    for (size_t i = hidden; c == '.' && i-- > 0;) labels += static_cast<char>('0' + i);
  }
  return labels;
}

class Einsum {
 public:
  explicit Einsum(OnnxNode& node) : node_(node), text_(node.StringAttribute("equation", "")), equation_(Parse(text_)) {}

  int Run() {
    ReadOperands();
    ReadOutput();
    for (size_t i = 0; i < operands_.size(); ++i) operands_[i] = Reduced(Diagonal(operands_[i]), i + 1, i);
    Operand joined = operands_[0];
    for (size_t i = 1; i < operands_.size(); ++i) joined = Reduced(Join(joined, operands_[i], i + 1), i + 1, i + 1);
    return Ordered(joined, out_).value;
  }

 private:
  void ReadOperands() {
    if (static_cast<int>(equation_.terms.size()) != node_.InputCount())
      throw ContradictionError("the equation " + Quoted(text_) + " has " + std::to_string(equation_.terms.size()) + " terms for " +
                               std::to_string(node_.InputCount()) + " inputs");
    for (int i = 0; i < node_.InputCount(); ++i) {
      const std::string& term = equation_.terms[static_cast<size_t>(i)];
      const int x = node_.FloatInput(i);
      const auto rank = static_cast<size_t>(node_.RankOf(x));
      const bool hides = std::count(term.begin(), term.end(), '.') == 1;
      const size_t named = term.size() - (hides ? 1 : 0);
      if (std::count(term.begin(), term.end(), '.') > 1 || (hides ? named > rank : named != rank))
        throw ContradictionError("the term " + Quoted(term) + " does not fit shape " + DimsText(node_.DimsOf(x)));
      hidden_ = std::max(hidden_, rank - named);
      operands_.push_back({x, Spread(term, rank - named)});
      for (size_t d = 0; d < rank; ++d) Note(operands_.back().labels[d], node_.DimsOf(x)[d]);
    }
  }

  void Note(char label, int64_t dim) {
    const auto [at, added] = dims_.emplace(label, dim);
    const bool repeats = std::isdigit(static_cast<unsigned char>(label)) != 0 && (dim == 1 || at->second == 1);
    if (!added && at->second != dim && !repeats)
      throw ContradictionError("the label " + Quoted(std::string(1, label)) + " stands for " + std::to_string(at->second) + " and " +
                               std::to_string(dim) + " elements");
    at->second = dim == 1 ? at->second : dim;
  }

  // Without "->": the dims of "...", then the letters that occur once, in alphabetical order.
  void ReadOutput() {
    if (equation_.has_out) {
      out_ = Spread(equation_.out, hidden_);
    } else {
      out_ = Spread(".", hidden_);
      std::string all;
      for (const std::string& term : equation_.terms) all += term;
      for (const auto& [label, dim] : dims_) {
        if (std::isalpha(static_cast<unsigned char>(label)) != 0 && std::count(all.begin(), all.end(), label) == 1) out_ += label;
      }
    }
    for (size_t i = 0; i < out_.size(); ++i) {
      if (dims_.count(out_[i]) == 0 || out_.find(out_[i]) != i)
        throw ContradictionError("the label " + Quoted(out_.substr(i, 1)) + " of the output stands in no term, or twice");
    }
  }

  // Of a label that occurs twice in one term: every (n + 1)th element of the n x n that the two dims hold when side by side.
  Operand Diagonal(Operand o) {
    for (size_t i = 0; i < o.labels.size(); ++i) {
      const size_t again = o.labels.find(o.labels[i], i + 1);
      if (again == Labels::npos) continue;
      const char label = o.labels[i];
      Labels rest = o.labels;
      rest.erase(again, 1);
      rest.erase(i, 1);
      std::vector<int> perm;
      for (size_t d = 0; d < o.labels.size(); ++d) {
        if (d != i && d != again) perm.push_back(static_cast<int>(d));
      }
      perm.push_back(static_cast<int>(i));
      perm.push_back(static_cast<int>(again));
      const int side_by_side = node_.Transpose(o.value, perm);
      Dims dims = node_.DimsOf(side_by_side);
      const int64_t n = dims.back();
      dims.pop_back();
      dims.back() = n * n;
      const int flat = node_.Reshape(side_by_side, dims);
      std::vector<int64_t> begin(dims.size(), 0), step(dims.size(), 1);
      step.back() = n + 1;
      dims.back() = n;
      o = {node_.Slice(flat, begin, step, dims), rest + label};
      i = static_cast<size_t>(-1);
    }
    return o;
  }

  // Is the label in the output, or in an operand from `first` on, but `except`?
  bool Needed(char label, size_t first) const {
    if (out_.find(label) != Labels::npos) return true;
    for (size_t i = first; i < operands_.size(); ++i) {
      if (operands_[i].labels.find(label) != Labels::npos) return true;
    }
    return false;
  }

  // Sums over what nobody else reads: neither the output nor the operands from `first` on, and before operand `self` has been joined the others.
  Operand Reduced(Operand o, size_t first, size_t self) {
    std::vector<int64_t> axes;
    Labels kept;
    for (size_t d = 0; d < o.labels.size(); ++d) {
      bool needed = Needed(o.labels[d], first);
      for (size_t i = 0; i < self && self < first; ++i) needed = needed || operands_[i].labels.find(o.labels[d]) != Labels::npos;
      if (needed)
        kept += o.labels[d];
      else
        axes.push_back(static_cast<int64_t>(d));
    }
    return axes.empty() ? o : Operand{node_.Reduce("reduce_sum", o.value, axes, false), kept};
  }

  Operand Ordered(const Operand& o, const Labels& order) {
    std::vector<int> perm;
    for (const char label : order) {
      const size_t at = o.labels.find(label);
      if (at != Labels::npos) perm.push_back(static_cast<int>(at));
    }
    return {node_.Transpose(o.value, perm), order};
  }

  int64_t DimOf(const Operand& o, char label) const {
    const size_t at = o.labels.find(label);
    return at == Labels::npos ? 1 : node_.DimsOf(o.value)[at];
  }

  // A tensor of these labels in this order, 1 where the operand lacks one.
  int Shaped(const Operand& o, const Labels& order) {
    Dims dims;
    for (const char label : order) dims.push_back(DimOf(o, label));
    return node_.Reshape(Ordered(o, order).value, dims);
  }

  int64_t Product(const Operand& o, const Labels& labels) const {
    int64_t n = 1;
    for (const char label : labels) n *= DimOf(o, label);
    return n;
  }

  Operand Join(const Operand& a, const Operand& b, size_t next) {
    Labels batch, summed, only_a, only_b;
    for (const char label : a.labels) {
      const bool both = b.labels.find(label) != Labels::npos;
      (!both ? only_a : Needed(label, next) ? batch : summed) += label;
    }
    for (const char label : b.labels) {
      if (a.labels.find(label) == Labels::npos) only_b += label;
    }
    const Labels all = batch + only_a + only_b;
    if (summed.empty()) return {node_.Binary("mul", Shaped(a, all), Shaped(b, all), {}), all};
    const bool repeats = std::any_of(summed.begin(), summed.end(), [&](char l) { return DimOf(a, l) != DimOf(b, l); });
    if (repeats) {
      const Labels wide = all + summed;
      std::vector<int64_t> axes;
      for (size_t i = all.size(); i < wide.size(); ++i) axes.push_back(static_cast<int64_t>(i));
      return {node_.Reduce("reduce_sum", node_.Binary("mul", Shaped(a, wide), Shaped(b, wide), {}), axes, false), all};
    }
    Dims left, right, out;
    for (const char label : batch) {
      left.push_back(DimOf(a, label));
      right.push_back(DimOf(b, label));
      out.push_back(std::max(left.back(), right.back()));
    }
    left.insert(left.end(), {Product(a, only_a), Product(a, summed)});
    right.insert(right.end(), {Product(b, summed), Product(b, only_b)});
    for (const char label : only_a) out.push_back(DimOf(a, label));
    for (const char label : only_b) out.push_back(DimOf(b, label));
    const int product = node_.BatchedProduct(node_.Reshape(Shaped(a, batch + only_a + summed), left),
                                             node_.Reshape(Shaped(b, batch + summed + only_b), right));
    return {node_.Reshape(product, out), all};
  }

  OnnxNode& node_;
  std::string text_;
  Equation equation_;
  std::vector<Operand> operands_;
  std::map<char, int64_t> dims_;
  size_t hidden_ = 0;
  Labels out_;
};

}  // namespace

std::vector<OnnxOp> OnnxEinsumOps() {
  return {{"Einsum", [](OnnxNode& node) { node.SetOutput(Einsum(node).Run()); }}};
}

}  // namespace adze::import
