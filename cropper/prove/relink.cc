// SPDX-License-Identifier: Apache-2.0
// From a plan to linked products.
#include "cropper/prove/relink.h"

#include <filesystem>

#include "cropper/generate/build.h"
#include "cropper/generate/cmake_text.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "cropper/generate/table_source.h"

namespace adze::prove {

namespace fs = std::filesystem;

Relinker::Relinker(const generate::Sdk& sdk, const std::string& out)
    : sdk_(sdk), out_(fs::absolute(out).lexically_normal().string()), build_(out) {}

std::string Relinker::Scratch(const std::string& name) const {
  std::string folder = out_ + "/.verify/prove/" + name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

Linked Relinker::LinkObjects(const std::vector<std::string>& objects, const std::string& folder, Style style) const {
  Linked linked;
  linked.folder = folder;
  std::vector<std::string> library, harness;
  if (style == Style::kMapped) {
    library = {"-Wl,-Map," + linked.library_map()};
    harness = {"-no-pie", "-Wl,--gc-sections", "-Wl,-Map," + linked.harness_map()};
  }
  linked.library = build_.Link(Product::kLibrary, objects, linked.library_path(), library);
  if (linked.library.ok) linked.harness = build_.Link(Product::kHarness, objects, linked.harness_path(), harness);
  return linked;
}

Linked Relinker::LinkPlan(const plan::Plan& plan, const std::string& folder, Style style) const {
  std::vector<std::string> objects;
  for (const plan::PlannedUnit& unit : plan.units) {
    const std::string source = "src/" + unit.path;
    if (fs::exists(generate::ObjectPath(out_, source))) {
      objects.push_back(ObjectOf(source));
      continue;
    }
    const std::string object = folder + "/" + std::to_string(objects.size()) + ".o";
    build_.Compile(generate::kTableUnit, sdk_.root + "/" + unit.path, {sdk_.root, sdk_.root + "/runtime/include", sdk_.generated}, object);
    objects.push_back(object);
  }
  const std::string table = folder + "/table.cc";
  generate::WriteFile(table, generate::TableSource(generate::PlannedRows(plan), plan.levels, generate::CropId(plan)));
  build_.Compile(generate::kTableUnit, table, {}, folder + "/table.o");
  objects.push_back(folder + "/table.o");
  return LinkObjects(objects, folder, style);
}

}  // namespace adze::prove
