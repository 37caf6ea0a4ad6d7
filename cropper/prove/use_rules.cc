// SPDX-License-Identifier: Apache-2.0
// The rules by which a function that no run entered is no slack. Each says why no model and no refusal that `prove --executed` makes can reach it.
#include <cstring>

#include "cropper/prove/executed.h"

namespace adze::prove {
namespace {

struct Rule {
  const char* name;  // a function's qualified name starts with it
  Use use;
  const char* reason;
};

constexpr Rule kRules[] = {
    {"adze::(anonymous namespace)::OutOfMemory", Use::kErrorPath, "memory that the allocator refuses"},
    {"adze::(anonymous namespace)::RunInApp", Use::kInterface, "the app's own parallel loop (adze_options.parallel_for)"},
    {"adze::Refuse", Use::kErrorPath, "an op refuses parameters or shapes that few damaged files have"},
    {"adze_version", Use::kInterface, "part of the API that adze-run does not call"},
};

}  // namespace

FunctionUse Judged(FunctionUse function) {
  function.use = Use::kSlack;
  for (const Rule& rule : kRules) {
    if (function.name.compare(0, std::strlen(rule.name), rule.name) != 0) continue;
    function.use = rule.use;
    function.reason = rule.reason;
    break;
  }
  return function;
}

}  // namespace adze::prove
