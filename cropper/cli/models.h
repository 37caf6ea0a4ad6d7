// SPDX-License-Identifier: Apache-2.0
// The models that a user named, converted.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cropper/generate/generate.h"
#include "models/graph/graph.h"
#include "models/passes/pipeline.h"

namespace adze::cli {

// Import and passes; `dump_folder` (may be empty) receives the graph's text after each pass.
graph::Graph ImportAndRun(const std::string& path, passes::Optimize optimize = passes::Optimize::kSize,
                          const std::string& dump_folder = "");

// The bytes of a file. Throws plan::InputError if there are none to read.
std::string ReadModel(const std::string& path);

// Is it an .adze file, whole or not?
bool IsAdze(const std::string& bytes);

// The .adze bytes of a model file, foreign or .adze already.
std::vector<uint8_t> ConvertedBytes(const std::string& path, passes::Optimize optimize = passes::Optimize::kSize);

// `arguments`: model files and model lists, told apart by content. Throws plan::InputError with the findings of all models. Ascending by
// name; the same files in any order and any folder give the same result.
std::vector<generate::CropModel> ConvertModels(const std::vector<std::string>& arguments, passes::Optimize optimize);

// --model-licence MODEL=LICENCE, any number of times.
void AddLicenceOption(CLI::App* app, std::vector<std::string>* licences);
// Gives the models their licences. A MODEL is the file in the crop, that file's stem or the source. Throws plan::InputError with all problems.
void SetLicences(const std::vector<std::string>& licences, std::vector<generate::CropModel>* models);

// The same bytes as the planner takes them; borrows `models`.
std::vector<plan::ModelBytes> Borrow(const std::vector<generate::CropModel>& models);

}  // namespace adze::cli
