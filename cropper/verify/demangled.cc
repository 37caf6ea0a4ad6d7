// SPDX-License-Identifier: Apache-2.0
// The compiler's own demangler.
#include "cropper/verify/demangled.h"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>

namespace adze::verify {

std::string Demangled(const std::string& symbol) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> text(abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), std::free);
  if (status != 0) return symbol;
  const std::string whole = text.get();
  constexpr char kAnonymous[] = "(anonymous namespace)";
  const size_t start = whole.find(kAnonymous);
  return whole.substr(0, whole.find('(', start == std::string::npos ? 0 : start + sizeof kAnonymous - 1));
}

}  // namespace adze::verify
