// SPDX-License-Identifier: Apache-2.0
// Postfix to infix.
#include "cropper/verify/expr_text.h"

#include <iterator>
#include <set>
#include <vector>

namespace adze::verify {
namespace {

constexpr const char* kFeatures[] = {"batch",
                                     "input height",
                                     "input width",
                                     "input channels",
                                     "output height",
                                     "output width",
                                     "output channels",
                                     "kernel area",
                                     "stride height",
                                     "stride width",
                                     "dilated",
                                     "groups",
                                     "depthwise",
                                     "padded",
                                     "indirection",
                                     "M",
                                     "N",
                                     "K",
                                     "packing",
                                     "elements",
                                     "inner dense",
                                     "dense",
                                     "bytes per element",
                                     "residual",
                                     "mode",
                                     "broadcast",
                                     "rest inner dense",
                                     "kernel width"};
static_assert(std::size(kFeatures) == kFeatureCount, "one word per feature");

constexpr const char* kOperators[] = {"+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "and", "or"};

// How tightly the operator that was applied last binds.
int Binding(ExprOp op) {
  if (op <= ExprOp::kConst) return 6;
  if (op == ExprOp::kMul || op == ExprOp::kDiv) return 5;
  if (op == ExprOp::kAdd || op == ExprOp::kSub) return 4;
  if (op <= ExprOp::kGe) return 3;
  return op == ExprOp::kAnd ? 2 : 1;
}

struct Term {
  std::string text;
  int binding;
};

std::string Within(const Term& t, int binding) { return t.binding < binding ? "(" + t.text + ")" : t.text; }

// Calls `feature(f)` and `constant(v)` for operands and `apply(op)` for operators, in order. False if the code is cut.
template <typename OnFeature, typename OnConst, typename OnOp>
bool Walk(Span<const uint8_t> code, const OnFeature& feature, const OnConst& constant, const OnOp& apply) {
  for (size_t i = 0; i < code.size; ++i) {
    const auto op = static_cast<ExprOp>(code[i]);
    if (op == ExprOp::kFeature) {
      if (i + 1 >= code.size || code[i + 1] >= kFeatureCount) return false;
      feature(static_cast<Feature>(code[++i]));
    } else if (op == ExprOp::kConst) {
      if (i + 4 >= code.size) return false;
      uint32_t v = 0;
      for (size_t k = 4; k > 0; --k) v = v << 8 | code[i + k];
      i += 4;
      constant(static_cast<int32_t>(v));
    } else if (op > ExprOp::kNot || !apply(op)) {
      return false;
    }
  }
  return true;
}

}  // namespace

const char* FeatureWords(Feature feature) { return kFeatures[static_cast<size_t>(feature)]; }

std::string ExprText(Span<const uint8_t> code) {
  if (code.size == 0) return "always";
  std::vector<Term> stack;
  const bool whole = Walk(
      code,
      [&](Feature f) {
        stack.push_back({FeatureWords(f), 6});
      },
      [&](int32_t v) {
        stack.push_back({std::to_string(v), 6});
      },
      [&](ExprOp op) {
        if (stack.size() < (op == ExprOp::kNot ? 1u : 2u)) return false;
        const Term right = stack.back();
        stack.pop_back();
        if (op == ExprOp::kNot) {
          stack.push_back({"not (" + right.text + ")", 6});
          return true;
        }
        const int binding = Binding(op);
        const std::string name = kOperators[static_cast<size_t>(op) - static_cast<size_t>(ExprOp::kAdd)];
        stack.back() = {Within(stack.back(), binding) + " " + name + " " + Within(right, binding + 1), binding};
        return true;
      });
  return whole && stack.size() == 1 ? stack.front().text : "(damaged expression)";
}

std::string FeatureValues(Span<const uint8_t> code, const Key& key) {
  std::set<Feature> seen;
  std::string text;
  (void)Walk(
      code,
      [&](Feature f) {
        if (seen.insert(f).second) text += (text.empty() ? "" : ", ") + std::string(FeatureWords(f)) + " = " + std::to_string(key[f]);
      },
      [](int32_t) {}, [](ExprOp) { return true; });
  return text;
}

}  // namespace adze::verify
