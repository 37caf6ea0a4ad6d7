// SPDX-License-Identifier: Apache-2.0
// The models that a user named, converted.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cropper/generate/generate.h"
#include "models/graph/graph.h"
#include "models/import/shapes.h"
#include "models/passes/pipeline.h"

namespace adze::cli {

using Shapes = std::vector<import::InputShapes>;

// --shape, any number of times: what a line of a model list declares.
void AddShapeOption(CLI::App* app, std::vector<std::string>* declared);
// All shapes that the option's texts declare. Throws plan::InputError with every text that cannot be read.
Shapes ShapesOf(const std::vector<std::string>& declared);

// Import and passes, a graph for each of `shapes`, those with the input shapes of an earlier one left out; `dump_folder` (may be empty)
// receives the graph's text after each pass, in a folder for each of several shapes.
std::vector<graph::Graph> ImportAndRun(const std::string& path, const Shapes& shapes, passes::Optimize optimize = passes::Optimize::kSize,
                                       const std::string& dump_folder = "");

// The bytes of a file. Throws plan::InputError if there are none to read.
std::string ReadModel(const std::string& path);

// Is it an .adze file, whole or not?
bool IsAdze(const std::string& bytes);

// The .adze bytes of a model file, foreign or .adze already: that one has the shapes it was made for, and `shapes` must declare none.
std::vector<uint8_t> ConvertedBytes(const std::string& path, const Shapes& shapes, passes::Optimize optimize = passes::Optimize::kSize);

// `arguments`: model files and model lists, told apart by content. Throws plan::InputError with the findings of all models. Ascending by
// name; the same files in any order and any folder give the same result. `shapes`: of model files among the arguments.
std::vector<generate::CropModel> ConvertModels(const std::vector<std::string>& arguments, passes::Optimize optimize,
                                               const Shapes& shapes = {{}});

// --model-licence MODEL=LICENCE, any number of times.
void AddLicenceOption(CLI::App* app, std::vector<std::string>* licences);
// Gives the models their licences. A MODEL is the file in the crop, that file's stem or the source. Throws plan::InputError with all problems.
void SetLicences(const std::vector<std::string>& licences, std::vector<generate::CropModel>* models);

// The same bytes as the planner takes them; borrows `models`.
std::vector<plan::ModelBytes> Borrow(const std::vector<generate::CropModel>& models);

}  // namespace adze::cli
