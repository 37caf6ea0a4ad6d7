// SPDX-License-Identifier: Apache-2.0
// Reads a file and tells its format by content.
#include "models/import/import.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace adze::import {
namespace {

constexpr uintmax_t kMaxFileBytes = INT32_MAX;  // of both FlatBuffers and protobuf

std::vector<uint8_t> ReadFile(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (error || !std::filesystem::exists(status)) throw graph::ImportError(path + ": cannot be read: no such file; check the path");
  if (!std::filesystem::is_regular_file(status))
    throw graph::ImportError(path + ": is not a file; give the path of a .tflite or .onnx file");
  const uintmax_t bytes = std::filesystem::file_size(path, error);
  if (!error && bytes > kMaxFileBytes) throw graph::ImportError(path + ": is larger than 2 GiB, the limit of both formats");
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (error || file == nullptr) throw graph::ImportError(path + ": cannot be read: " + std::strerror(errno));
  std::vector<uint8_t> data(static_cast<size_t>(bytes));
  if (std::fread(data.data(), 1, data.size(), file.get()) != data.size()) throw graph::ImportError(path + ": cannot be read to its end");
  return data;
}

bool IsTflite(const uint8_t* data, size_t bytes) { return bytes >= 8 && std::memcmp(data + 4, "TFL3", 4) == 0; }

}  // namespace

graph::Graph ImportModel(const std::string& path, const InputShapes& shapes) {
  const std::vector<uint8_t> data = ReadFile(path);
  if (data.empty()) throw graph::ImportError(path + ": is empty; give a .tflite or .onnx file");
  return IsTflite(data.data(), data.size()) ? ImportTflite(data.data(), data.size(), path, shapes)
                                            : ImportOnnx(data.data(), data.size(), path, shapes);
}

}  // namespace adze::import
