// SPDX-License-Identifier: Apache-2.0
// Which functions of a crop run over all its models at all its levels and over everything that must be refused, and what the rest is there for.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cropper/generate/sdk.h"

namespace adze::prove {

enum class Use : uint8_t { kExecuted, kErrorPath, kInterface, kSlack };

// "executed", "error path", "interface", "slack".
const char* UseName(Use use);

struct FunctionUse {
  std::string unit;  // "src/..."
  std::string name;  // demangled
  uint64_t bytes = 0;
  Use use = Use::kSlack;
  std::string reason;  // of what did not run
};

struct Executed {
  std::vector<FunctionUse> functions;  // of the library: executed ones first, each group by bytes, largest first
  int runs = 0, refusals = 0;          // that were watched, and how many of them end in an error
  uint64_t BytesOf(Use use) const;
  uint64_t bytes() const;
};

// Builds the crop if it is not; works in <out>/.verify/prove. Throws plan::InputError if no level of the crop runs here.
Executed WatchExecution(const generate::Sdk& sdk, const std::string& out, const std::function<void(const std::string&)>& progress);

// Why a function that never ran is there, by the committed rules; kSlack with an empty reason if no rule knows it.
FunctionUse Judged(FunctionUse function);

}  // namespace adze::prove
