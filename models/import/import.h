// SPDX-License-Identifier: Apache-2.0
// Foreign models in, one report of everything unsupported.
#pragma once

#include <string>

#include "models/graph/graph.h"
#include "models/import/shapes.h"

namespace adze::import {

// Reads a .tflite or .onnx file (told apart by content, not by name). Throws graph::ImportError with one report of all findings:
// unreadable file, damaged file, every unsupported node. `shapes` gives open dims of inputs their numbers; an input of a .tflite file that is
// not declared has the shape stored there.
graph::Graph ImportModel(const std::string& path, const InputShapes& shapes = {});

// The same from memory; `source` stands for the path in messages.
graph::Graph ImportTflite(const uint8_t* data, size_t bytes, const std::string& source, const InputShapes& shapes = {});
graph::Graph ImportOnnx(const uint8_t* data, size_t bytes, const std::string& source, const InputShapes& shapes = {});

}  // namespace adze::import
