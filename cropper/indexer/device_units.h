// SPDX-License-Identifier: Apache-2.0
// The device units of a source tree and the flags that each ships with: the rule of cmake/device_units.cmake, for any architecture.
#pragma once

#include <string>
#include <vector>

namespace adze::indexer {

struct DeviceUnit {
  std::string path;  // relative to the root
  std::string isa;
  std::string unit_class;
  std::vector<std::string> flags;
};

struct Target {
  std::string arch;      // as in cmake/unit_flags.json
  std::string compiler;  // C++ compiler command whose objects are read
};

// The architectures that the index covers.
const std::vector<Target>& Targets();

// Ascending by path. Throws std::runtime_error if the tree or its unit_flags.json cannot be read.
std::vector<DeviceUnit> DeviceUnits(const std::string& root, const std::string& arch);

}  // namespace adze::indexer
