// SPDX-License-Identifier: Apache-2.0
// What a plan will weigh, before it is built: known units, laid out as the linker does. What is not known is compiled first, not linked.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cropper/generate/build_tools.h"
#include "cropper/generate/generate.h"
#include "cropper/size/c_library.h"
#include "cropper/size/size_record.h"
#include "cropper/size/unit_cache.h"

namespace adze::size {

class Forecaster {
 public:
  // For crops of one architecture with these tools. `cache_folder` as for UnitCache; `jobs` compilers at a time, 0: one per processor. `progress`
  // is told what takes time.
  Forecaster(generate::Sdk sdk, const std::string& arch, generate::BuildTools tools, const std::string& cache_folder, int jobs,
             std::function<void(const std::string&)> progress);

  // The record that a build would get, without the library's hash and its compressed size.
  SizeRecord Of(const plan::Plan& plan, const std::vector<generate::CropModel>& models);

  const Toolchain& toolchain() const { return toolchain_; }
  size_t compiled() const { return compiled_; }  // units that were not known

 private:
  void CompileMissing(const plan::Plan& plan);
  const ObjectShape& ShapeOf(const plan::PlannedUnit& unit, const plan::Plan& plan);

  generate::Sdk sdk_;
  generate::BuildTools tools_;
  Toolchain toolchain_;
  UnitCache cache_;
  Imports imports_;
  int jobs_;
  std::function<void(const std::string&)> progress_;
  std::map<std::string, ObjectShape> shapes_;
  size_t compiled_ = 0;
};

// The table unit's object, known from the rows: the manifest note and the addresses of what the rows name.
ObjectShape TableShape(const std::vector<CatalogRow>& rows, const std::string& arch);

}  // namespace adze::size
