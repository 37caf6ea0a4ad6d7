// SPDX-License-Identifier: Apache-2.0
// Names that users gave, made fit for generated files: CMake arguments and file names inside a crop.
#pragma once

#include <set>
#include <string>

namespace adze::generate {

// `text` as one quoted CMake argument: backslash, quote, dollar and semicolon lose their meaning.
std::string CMakeQuote(const std::string& text);

// [a-z0-9_-], at most 60 characters, from a path's last part without its extension; "model" if nothing is left. Distinct from everything in
// `taken` (a number is added), and added to it.
std::string UniqueSlug(const std::string& path, std::set<std::string>* taken);

// Can CMake and Ninja work in a folder of this path? A semicolon splits CMake's lists, quotes and dollars break its compiler test.
bool BuildSafePath(const std::string& path);

}  // namespace adze::generate
