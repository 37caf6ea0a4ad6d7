// SPDX-License-Identifier: Apache-2.0
// Sentences that all formats of a verdict share.
#pragma once

#include <string>
#include <vector>

#include "cropper/check/check.h"

namespace adze::check {

// "file: 50,552 B, over baseline main.json (50,000 B) by 552 B".
std::string LineText(const Line& line);

// What differs in the toolchain, exceptions that count, are expired or not needed, and what --update did.
std::vector<std::string> Notes(const Verdict& verdict);

// The last word, with what to do.
std::string Conclusion(const Verdict& verdict);

// The causes of a failed line in one line each, largest first, at most `n`.
std::vector<std::string> ShortCauses(const Verdict& verdict, const Line& line, size_t n);

}  // namespace adze::check
