// SPDX-License-Identifier: Apache-2.0
// Foreign models in, one report of everything unsupported.
#pragma once

#include <string>

#include "models/graph/graph.h"

namespace adze::import {

// Reads a .tflite or .onnx file (told apart by content, not by name). Throws graph::ImportError with one report of all findings:
// unreadable file, damaged file, every unsupported node.
graph::Graph ImportModel(const std::string& path);

// The same from memory; `source` stands for the path in messages.
graph::Graph ImportTflite(const uint8_t* data, size_t bytes, const std::string& source);
graph::Graph ImportOnnx(const uint8_t* data, size_t bytes, const std::string& source);

}  // namespace adze::import
