// SPDX-License-Identifier: Apache-2.0
// File access of the generator.
#include "cropper/generate/files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "cropper/plan/profile.h"

namespace adze::generate {

std::string ReadFile(const std::string& path) {
  if (std::filesystem::is_directory(path)) throw plan::InputError("cannot read " + path + ": it is a folder");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw plan::InputError("cannot read " + path + ": " + std::strerror(errno));
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error) && std::filesystem::file_size(path, error) == bytes.size() && ReadFile(path) == bytes)
    return;
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw plan::InputError("cannot write " + path + ": " + std::strerror(errno) + "; give a place that can be written");
}

}  // namespace adze::generate
