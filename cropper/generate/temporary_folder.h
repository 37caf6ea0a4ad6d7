// SPDX-License-Identifier: Apache-2.0
// A folder that is gone with the object that names it.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "cropper/plan/profile.h"

namespace adze::generate {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "adze-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
      throw plan::InputError("cannot make a folder in " + std::filesystem::temp_directory_path().string());
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace adze::generate
