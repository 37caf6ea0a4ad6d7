// SPDX-License-Identifier: Apache-2.0
// Whole files in and out, with messages that name the file.
#pragma once

#include <string>

namespace adze::generate {

// Throws std::runtime_error ("cannot read <path>: <why>").
std::string ReadFile(const std::string& path);

// Makes the folders above; leaves the file alone where it holds `bytes` already, so that builds see no change. Throws std::runtime_error.
void WriteFile(const std::string& path, const std::string& bytes);

}  // namespace adze::generate
