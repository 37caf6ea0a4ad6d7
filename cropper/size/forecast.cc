// SPDX-License-Identifier: Apache-2.0
// From plans to the bytes that their builds will have.
#include "cropper/size/forecast.h"

#include <filesystem>
#include <set>
#include <stdexcept>

#include "cropper/generate/build.h"
#include "cropper/generate/cmake_text.h"
#include "cropper/generate/prefix.h"
#include "cropper/generate/temporary_folder.h"
#include "cropper/size/link_model.h"
#include "runtime/session/manifest.h"

namespace adze::size {
namespace {

namespace fs = std::filesystem;

// GCC names itself in every object.
std::string NoteOf(const Toolchain& t) { return t.compiler.compare(0, 4, "gcc ") == 0 ? "GCC: " + t.compiler.substr(4) : ""; }

}  // namespace

ObjectShape TableShape(const std::vector<CatalogRow>& rows, const std::string& arch) {
  constexpr uint64_t kNoteHead = 20, kAddress = 8;  // of the ELF note before its descriptor; of a pointer
  uint64_t row_bytes = 0;
  for (const CatalogRow& row : rows) row_bytes += row.bytes.size();
  ObjectShape shape;
  ObjectSection note;
  note.name = ".note.adze";
  note.align = 4;
  note.note = true;
  note.bytes = kNoteHead + sizeof(ManifestHeader) + (row_bytes + 3) / 4 * 4 + (row_bytes == 0 ? 4 : 0);
  ObjectSection manifest;
  manifest.name = ".data.rel.ro.local._ZN4adze9kManifestE";
  manifest.bytes = kAddress;
  manifest.align = kAddress;
  manifest.writable = true;
  manifest.references = {{ReferenceKind::kAddress, 0, "", 1}};
  ObjectSection entries;
  entries.name = rows.empty() ? ".rodata._ZN4adze16kManifestEntriesE" : ".data.rel.ro._ZN4adze16kManifestEntriesE";
  entries.bytes = kAddress * std::max<size_t>(rows.size(), 1);
  // x86 compilers align arrays for vector instructions.
  entries.align = arch != "x86_64" || entries.bytes < 16 ? kAddress : entries.bytes < 32 ? 16 : 32;
  entries.writable = !rows.empty();
  for (const CatalogRow& row : rows) entries.references.push_back({ReferenceKind::kAddress, -1, "adze_" + row.name, 1});
  shape.sections = {note, manifest, entries};
  shape.symbols = {{"_ZN4adze9kManifestE", 1, false, false}, {"_ZN4adze16kManifestEntriesE", 2, false, false}};
  return shape;
}

Forecaster::Forecaster(generate::Sdk sdk, const std::string& arch, generate::BuildTools tools, const std::string& cache_folder, int jobs,
                       std::function<void(const std::string&)> progress)
    : sdk_(std::move(sdk)),
      tools_(std::move(tools)),
      toolchain_(FindToolchain(tools_, generate::ReadUnitFlags(sdk_, arch))),
      cache_(sdk_, arch, toolchain_, cache_folder),
      imports_(FindImports(tools_.compiler)),
      jobs_(jobs),
      progress_(std::move(progress)) {}

const ObjectShape& Forecaster::ShapeOf(const plan::PlannedUnit& unit, const plan::Plan& plan) {
  const auto known = shapes_.find(unit.path);
  if (known != shapes_.end()) return known->second;
  std::optional<ObjectShape> shape = cache_.Find(unit, plan);
  if (!shape.has_value()) throw std::logic_error("unit " + unit.path + " was compiled, but " + cache_.folder() + " does not hold it");
  return shapes_[unit.path] = std::move(*shape);
}

void Forecaster::CompileMissing(const plan::Plan& plan) {
  plan::Plan missing = plan;
  missing.units.clear();
  for (const plan::PlannedUnit& u : plan.units) {
    if (shapes_.count(u.path) != 0) continue;
    if (std::optional<ObjectShape> shape = cache_.Find(u, plan); shape.has_value()) {
      shapes_[u.path] = std::move(*shape);
    } else {
      missing.units.push_back(u);
    }
  }
  if (missing.units.empty()) return;
  progress_("compiling " + std::to_string(missing.units.size()) + " units that " + toolchain_.compiler + " has not compiled yet");
  const generate::TemporaryFolder folder;
  missing.profile.prefix.clear();
  generate::Generate(sdk_, missing, {}, folder.path());
  generate::Build(folder.path(), {{"adze_objects"}, jobs_, tools_.toolchain_file});
  for (const plan::PlannedUnit& u : missing.units) {
    shapes_[u.path] = ReadObjectShape(generate::ObjectPath(folder.path(), "src/" + u.path));
    cache_.Keep(u, plan, shapes_[u.path]);
  }
  compiled_ += missing.units.size();
}

SizeRecord Forecaster::Of(const plan::Plan& plan, const std::vector<generate::CropModel>& models) {
  CompileMissing(plan);
  progress_("laying out");
  std::vector<LinkInput> inputs;
  for (const plan::PlannedUnit& u : plan.units) inputs.push_back({"src/" + u.path, &ShapeOf(u, plan)});
  const ObjectShape table = TableShape(generate::PlannedRows(plan), plan.profile.arch);
  inputs.push_back({generate::kTableUnit, &table});
  LinkOptions options;
  options.arch = plan.profile.arch;
  options.page_size = static_cast<uint64_t>(plan.profile.page_size);
  options.prefix = plan.profile.prefix;
  options.compiler_note = NoteOf(toolchain_);
  options.imports = imports_;

  SizeRecord record;
  record.cropper = generate::CropperVersion();
  record.kind = plan.kind;
  record.profile = plan.profile.name;
  record.toolchain = toolchain_;
  record.library.path = "build/lib" + generate::CropName(plan.profile) + ".so";
  record.library.arch = plan.profile.arch;
  for (const plan::PlanModel& named : plan.models) {
    for (const generate::CropModel& m : models) {
      if (m.name == named.name) record.models.push_back(MeasureModel({m.bytes.begin(), m.bytes.end()}, named));
    }
  }
  record.atoms = AtomsOf(plan);
  Attribute(ModelLink(inputs, options), plan, record.library.path, &record);
  for (const SizedSection& s : record.sections) {
    record.library.alloc += s.alloc ? s.bytes : 0;
    record.library.file += s.in_file ? s.bytes : 0;
  }
  return record;
}

}  // namespace adze::size
