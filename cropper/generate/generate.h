// SPDX-License-Identifier: Apache-2.0
// From a plan to a self-contained folder: sources, tables, CMake, models and crop.json. The full runtime takes the same path.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cropper/generate/sdk.h"
#include "cropper/plan/plan.h"
#include "kernels/catalog.h"

namespace adze::generate {

inline constexpr int kCropVersion = 1;

// A converted model that goes into models/.
struct CropModel {
  std::string name;    // "<slug>.adze", unique
  std::string source;  // as the user wrote it
  std::vector<uint8_t> bytes;
  std::string path;                   // of the file that it was made of
  std::vector<std::string> named_by;  // the lists that name it, and "command line"
  std::string licence = "";           // SPDX expression; empty: not stated
};

// The catalog's rows that the plan keeps, in the catalog's order: the rows of the table.
std::vector<CatalogRow> PlannedRows(const plan::Plan& plan);

// The functions that the library shows, unprefixed, by the objects of its units.
std::vector<std::string> ApiNames(const Sdk& sdk, const plan::Plan& plan);

// 16 bytes that name a crop in its manifest: the start of the SHA-256 of the plan's text.
std::array<uint8_t, 16> CropId(const plan::Plan& plan);

// Writes the folder `out`. The same input gives the same bytes in any folder. A folder that is neither empty nor a crop is refused with
// plan::InputError; an older crop's files are replaced, files that are not its own stay.
void Generate(const Sdk& sdk, const plan::Plan& plan, const std::vector<CropModel>& models, const std::string& out);

// crop.json of a folder. Throws plan::InputError if it is no crop.
nlohmann::json ReadCrop(const std::string& out);
plan::Plan ReadPlanOf(const std::string& out);

// Files of the folder whose bytes are not those that crop.json records, and those that are missing.
std::vector<std::string> ChangedFiles(const std::string& out);

}  // namespace adze::generate
