// SPDX-License-Identifier: Apache-2.0
// A crop under a name of its own. Units are compiled as always, from the same bytes to the same objects; only what an app sees is renamed:
// the headers here, the linked symbols by the linker (cmake_text.cc).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cropper/plan/plan.h"

namespace adze::generate {

// The name that targets, files and exported symbols of this crop start with: its prefix, or "adze".
std::string CropName(const plan::Profile& profile);

// `prefix` for "adze" at the start of a name: "adze_run" -> "face_run".
std::string PrefixedName(const std::string& name, const std::string& prefix);

// A public header with all its names (functions, types, enumerators, macros, namespace, include lines) under `prefix`.
std::string PrefixedHeader(const std::string& text, const std::string& prefix);

// Names of `header` (adze.h) that PrefixedHeader renames, ascending; the include guard is none of them.
std::vector<std::string> HeaderNames(const std::string& header);

// Moves the public headers among `files` (path in the folder -> bytes) to where the units find them, src/runtime/include/adze/, and puts in
// their place
//   include/<prefix>/adze.h, .hpp        all names prefixed: several crops can be included together
//   include/<prefix>/adze/adze.h, .hpp   the usual names, as macros: what code that says <adze/adze.h> finds through the crop's target
void PrefixHeaders(const std::string& prefix, std::map<std::string, std::string>* files);

}  // namespace adze::generate
