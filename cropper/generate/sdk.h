// SPDX-License-Identifier: Apache-2.0
// The SDK: the sources that crops are cut from, a checkout or an installed copy.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace adze::generate {

struct Sdk {
  std::string root;         // holds op-registry/, kernels/, runtime/, cmake/unit_flags.json, profiles/
  std::string generated;    // holds models/schema/adze_generated.h
  std::string third_party;  // folder in which "flatbuffers/base.h" is found
};

// `option` (from --sdk) if it is not empty, else ../share/adze beside the executable, else the folder this program was built from. Throws
// plan::InputError saying where it looked.
Sdk FindSdk(const std::string& option);

// The flags that ship: cmake/unit_flags.json for one architecture.
struct UnitFlags {
  std::vector<std::string> link;
  // Flags of a unit of this class and ISA, in the order of the command line.
  std::vector<std::string> Of(const std::string& unit_class, const std::string& isa) const;

  std::vector<std::string> common, arch_common;
  std::map<std::string, std::vector<std::string>> of_class, of_isa;
};

// Throws std::runtime_error naming the file and what is missing.
UnitFlags ReadUnitFlags(const Sdk& sdk, const std::string& arch);

// Version of this cropper and of the sources that it was built with.
const char* CropperVersion();

}  // namespace adze::generate
