// SPDX-License-Identifier: Apache-2.0
// What the libraries of one app hold twice.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cropper/size/elf_file.h"
#include "cropper/verify/audit.h"

namespace adze::verify {

// A library of Adze among others of the same app.
struct ShippedCrop {
  size::ElfFile elf;
  size::Manifest manifest;
  std::map<std::string, uint64_t> units;  // bytes by "<unit> <hash of its source>"; empty where only the library is known
};

// Pairs of one architecture that are the same crop, of which one runs all that the other runs, or that share units.
std::vector<Finding> Duplicates(const std::vector<ShippedCrop>& crops);

}  // namespace adze::verify
