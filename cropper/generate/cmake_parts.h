// SPDX-License-Identifier: Apache-2.0
// The pieces of CMake text that a crop's own build and the build of a matrix are made of: the same flags, so the same bytes.
#pragma once

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "cropper/generate/sdk.h"
#include "cropper/plan/plan.h"

namespace adze::generate {

// " \"a\" \"b\"", each behind `indent`.
std::string QuotedList(const std::vector<std::string>& items, const std::string& indent);

// An object library, each source with flags of its own.
struct ObjectLibrary {
  std::string target;
  std::vector<std::pair<std::string, std::vector<std::string>>> sources;  // with their flags
  std::string root = "";                                                  // of src/, include/ and third_party/: "", or ends with "/"
  std::string public_headers = "include";                                 // where the units find <adze/adze.h>
  bool flatbuffers = false;
};
void ObjectLibraryText(const ObjectLibrary& library, std::ostream& s);

// " Threads::Threads" where the crop has threads.
std::string Threads(const plan::Plan& plan);

// The library that ships, of `linked` (objects, generator expressions). `api`: the functions that it exports, unprefixed; read only where the
// profile has a prefix.
void SharedText(const plan::Plan& plan, const UnitFlags& flags, const std::string& target, const std::vector<std::string>& linked,
                const std::vector<std::string>& api, std::ostream& s);

// How the sources of adze-run are compiled, into `target`; `includes` are CMake arguments.
void HarnessCompileText(const std::string& target, const std::string& includes, std::ostream& s);
// The program itself, of sources or objects.
void HarnessText(const plan::Plan& plan, const std::string& target, const std::vector<std::string>& linked, std::ostream& s);

}  // namespace adze::generate
