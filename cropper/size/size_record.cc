// SPDX-License-Identifier: Apache-2.0
// Measuring a built crop.
#include "cropper/size/size_record.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "cropper/generate/build.h"
#include "cropper/generate/cmake_text.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "cropper/generate/sha256.h"
#include "cropper/plan/open_model.h"
#include "models/schema/header.h"
#include "runtime/session/session_bind.h"

namespace adze::size {
namespace {

namespace fs = std::filesystem;

std::vector<Asker> AskersOf(const std::vector<plan::Reason>& reasons) {
  std::vector<Asker> askers;
  std::map<std::pair<std::string, std::string>, std::set<int32_t>> nodes;
  for (const plan::Reason& r : reasons) {
    auto asker = std::find_if(askers.begin(), askers.end(), [&](const Asker& a) { return a.model == r.model && a.op == r.op; });
    if (asker == askers.end()) asker = askers.insert(asker, {r.model, r.op, r.node, r.node_name, 0, {}});
    nodes[{r.model, r.op}].insert(r.node);  // a node has a reason for every level that asks
    asker->nodes = nodes[{r.model, r.op}].size();
    if (!r.level.empty() && std::count(asker->levels.begin(), asker->levels.end(), r.level) == 0) asker->levels.push_back(r.level);
  }
  return askers;
}

std::string SourceOf(const std::string& unit) { return "src/" + unit; }

}  // namespace

std::vector<SizedAtom> AtomsOf(const plan::Plan& plan) {
  std::vector<SizedAtom> atoms;
  for (const plan::Atom& a : plan.atoms) atoms.push_back({a.kind, a.id, a.because, "", 0, AskersOf(a.reasons)});
  constexpr uint64_t kAddress = 8;
  for (const CatalogRow& row : generate::PlannedRows(plan)) {
    const auto atom = std::find_if(atoms.begin(), atoms.end(), [&](const SizedAtom& a) { return a.id == row.name; });
    atom->op = row.op;
    atom->table_bytes = row.bytes.size() + kAddress;
  }
  return atoms;
}

ModelBytes MeasureModel(const std::string& bytes, const plan::PlanModel& named) {
  const plan::OpenModel opened(bytes, named.name);
  // Graphs share the constants.
  FileHeader header = {};
  ModelBytes m;
  m.name = named.name;
  m.source = named.source;
  m.file = bytes.size();
  for (size_t i = 0; i < opened.graphs().size(); ++i) {
    std::memcpy(&header, bytes.data() + i * sizeof header, sizeof header);
    m.header += sizeof header;
    m.graph += header.graph_bytes;
    m.constants = header.blob_bytes;
  }
  m.padding = m.file - m.header - m.graph - m.constants;
  // What the largest of the shapes takes.
  for (const format::Model& graph : opened.graphs()) {
    size_t bookkeeping = 0;
    if (!BookkeepingBytes(graph, &bookkeeping).ok()) throw plan::InputError(named.name + ": is too large for any device");
    m.arena = std::max<uint64_t>(m.arena, graph.arena_bytes);
    m.bookkeeping = std::max<uint64_t>(m.bookkeeping, bookkeeping);
  }
  return m;
}

uint64_t SizeRecord::Ram() const {
  uint64_t sum = 0;
  for (const ModelBytes& m : models) sum += m.Ram();
  return sum;
}

uint64_t SizeRecord::Bookkeeping() const {
  uint64_t sum = 0;
  for (const ModelBytes& m : models) sum += m.bookkeeping;
  return sum;
}

const SizedSection* SizeRecord::Find(const std::string& section) const {
  for (const SizedSection& s : sections) {
    if (s.name == section) return &s;
  }
  return nullptr;
}

uint64_t SizeRecord::AllocOf(const SectionBytes& bytes) const {
  uint64_t sum = 0;
  for (const auto& [name, n] : bytes) {
    const SizedSection* s = Find(name);
    if (s != nullptr && s->alloc) sum += n;
  }
  return sum;
}

uint64_t SizeRecord::FileOf(const SectionBytes& bytes) const {
  uint64_t sum = 0;
  for (const auto& [name, n] : bytes) {
    const SizedSection* s = Find(name);
    if (s != nullptr && s->in_file) sum += n;
  }
  return sum;
}

void Attribute(const std::vector<Claim>& claims, const plan::Plan& plan, const std::string& path, SizeRecord* record) {
  std::map<std::string, SizedUnit> units;
  for (const plan::PlannedUnit& u : plan.units) {
    SizedUnit unit{SourceOf(u.path), u.isa, u.unit_class, u.atoms, {}, {}};
    for (const std::string& user : u.used_by) unit.used_by.push_back(SourceOf(user));
    units[unit.path] = std::move(unit);
  }
  units[generate::kTableUnit] = {generate::kTableUnit, "any", "core", {}, {}, {}};
  std::map<std::string, Part> parts;
  std::map<std::string, SizedSection> sections;
  for (const Claim& c : claims) {
    SizedSection& section = sections[c.section];
    if (section.bytes > 0 && (section.alloc != c.alloc || section.in_file != c.in_file))
      throw plan::InputError(path + " has two different sections called " + c.section);
    section = {c.section, section.bytes + c.bytes, c.alloc, c.in_file};
    const auto unit = units.find(c.owner);
    if (unit != units.end()) {
      unit->second.bytes[c.section] += c.bytes;
    } else {
      parts[c.owner].name = c.owner;
      parts[c.owner].bytes[c.section] += c.bytes;
    }
  }
  for (auto& entry : units) record->units.push_back(std::move(entry.second));
  for (auto& entry : parts) record->parts.push_back(std::move(entry.second));
  for (auto& entry : sections) record->sections.push_back(std::move(entry.second));
}

uint64_t CompressedBytes(const std::string& bytes) {
  z_stream stream = {};
  constexpr int kRaw = -15, kMemory = 8;
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kRaw, kMemory, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib cannot start");
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  const uint64_t compressed = stream.total_out;
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("zlib cannot compress");
  return compressed;
}

SizeRecord MeasureCrop(const std::string& out, const Toolchain& toolchain) {
  const nlohmann::json crop = generate::ReadCrop(out);
  const plan::Plan plan = generate::ReadPlanOf(out);
  const std::string path = generate::LibraryPath(out);
  for (const std::string& needed : {path, generate::MapPath(out)}) {
    if (!fs::exists(needed)) {
      throw plan::InputError(out + " is not built yet (no " + needed + "); run `cropper crop`, or cmake -G Ninja -S " + out + " -B " + out +
                             "/build && ninja -C " + out + "/build");
    }
  }
  const std::string bytes = generate::ReadFile(path);
  const ElfFile elf = ReadElf(path);
  SizeRecord record;
  record.cropper = generate::CropperVersion();
  record.crop_id = crop.value("crop_id", "");
  record.kind = plan.kind;
  record.profile = plan.profile.name;
  record.toolchain = toolchain;
  record.library = {"build/" + fs::path(path).filename().string(),
                    elf.arch,
                    generate::Sha256Hex(bytes),
                    elf.file_bytes,
                    elf.AllocBytes(),
                    CompressedBytes(bytes)};
  for (const plan::PlanModel& m : plan.models) {
    const std::string file = out + "/models/" + m.name;
    if (fs::exists(file)) record.models.push_back(MeasureModel(generate::ReadFile(file), m));
  }
  record.atoms = AtomsOf(plan);
  Attribute(MapBytes(elf, ParseLinkMap(generate::ReadFile(generate::MapPath(out)))), plan, path, &record);
  return record;
}

std::string RecordBeside(const std::string& path) {
  const fs::path folder = fs::is_directory(path) ? fs::path(path) : fs::absolute(path).parent_path();
  if (fs::is_regular_file(folder / kSizeFile)) return (folder / kSizeFile).string();
  const bool in_build = !fs::is_directory(path) && folder.filename() == "build" && fs::is_regular_file(folder.parent_path() / kSizeFile);
  return in_build ? (folder.parent_path() / kSizeFile).string() : "";
}

SizeRecord LoadSizeRecord(const std::string& path, const std::string& size_json) {
  if (!fs::exists(path)) throw plan::InputError(path + ": no such file or folder");
  const bool folder = fs::is_directory(path);
  if (!folder && fs::path(path).extension() == ".json") return SizeRecordFromJson(generate::ReadFile(path), path);
  const std::string file = !size_json.empty() ? size_json : RecordBeside(path);
  if (file.empty()) {
    throw plan::InputError(
        path + " has no size.json" +
        (folder ? "; `cropper crop` writes it" : " beside it: copy it there from the crop's folder, or name it with --size-json"));
  }
  SizeRecord record = SizeRecordFromJson(generate::ReadFile(file), file);
  const std::string library = folder ? generate::LibraryPath(path) : path;
  if (folder && !fs::exists(library)) return record;  // the build folder may be gone
  if (generate::Sha256Hex(generate::ReadFile(library)) != record.library.sha256) {
    throw plan::InputError(file + " is stale: it describes another build than " + library +
                           " (the hashes of the stripped file differ); crop again, or give the library and the size.json of one crop");
  }
  return record;
}

}  // namespace adze::size
