// SPDX-License-Identifier: Apache-2.0
// size.json: where every byte of one built crop went, bound to the hash of its stripped library. Reports, comparisons and gates read this
// and need no build folder.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cropper/plan/plan.h"
#include "cropper/size/byte_map.h"
#include "cropper/size/toolchain.h"

namespace adze::size {

inline constexpr int kSizeVersion = 1;
inline constexpr char kSizeFile[] = "size.json";  // in a crop's folder, or beside a library

struct LibraryBytes {
  std::string path;  // as in the crop's folder: "build/libadze.so"
  std::string arch;
  std::string sha256;       // of the stripped file
  uint64_t file = 0;        // the stripped file
  uint64_t alloc = 0;       // sum of its ALLOC sections: what is loaded
  uint64_t compressed = 0;  // the file as a zip or an apk stores it: raw deflate, level 9
};

// What one model adds beside the library: its file, and the memory of one session.
struct ModelBytes {
  std::string name;    // "face.adze"
  std::string source;  // as the user wrote it
  uint64_t file = 0;   // the .adze; the next four add up to it
  uint64_t header = 0, graph = 0, constants = 0, padding = 0;
  uint64_t arena = 0;  // one block for all tensors that are not constants, and scratch
  uint64_t private_weights =
      0;  // copies of weights in memory of the process's own; this runtime uses them in the file's mapping and makes none
  uint64_t bookkeeping = 0;  // the session's own block
  uint64_t Ram() const { return arena + private_weights; }
};

// The nodes of one model that ask for an atom through one op.
struct Asker {
  std::string model, op;
  int32_t node = 0;  // the first of them
  std::string node_name;
  uint64_t nodes = 0;
  std::vector<std::string> levels;  // empty where the level does not matter
};

struct SizedAtom {
  plan::AtomKind kind = plan::AtomKind::kOp;
  std::string id, because;
  std::string op;            // of op and kernel rows
  uint64_t table_bytes = 0;  // of the row's line in the manifest and its address in the table, which the table unit holds
  std::vector<Asker> askers;
};

using SectionBytes = std::map<std::string, uint64_t>;

struct SizedUnit {
  std::string path;                  // "src/kernels/..."
  std::string isa, unit_class;       // as in the index
  std::vector<std::string> atoms;    // "kernel:conv2d_f32__any"
  std::vector<std::string> used_by;  // paths
  SectionBytes bytes;
};

// What the linker, the compiler and the ELF format add: "(relocations)".
struct Part {
  std::string name;
  SectionBytes bytes;
};

struct SizedSection {
  std::string name;  // in parentheses: no section, but a table or gap of the file
  uint64_t bytes = 0;
  bool alloc = false, in_file = false;
};

struct SizeRecord {
  std::string cropper, crop_id;
  std::string kind;  // "crop", "full" or "empty"
  std::string profile;
  Toolchain toolchain;
  LibraryBytes library;
  std::vector<ModelBytes> models;      // ascending by name
  std::vector<SizedAtom> atoms;        // as in the plan
  std::vector<SizedSection> sections;  // ascending by name; what units and parts hold of each adds up to it
  std::vector<SizedUnit> units;        // ascending by path
  std::vector<Part> parts;             // ascending by name

  // Sums over all models: every session open at once.
  uint64_t Ram() const;
  uint64_t Bookkeeping() const;

  const SizedSection* Find(const std::string& section) const;
  // Loaded bytes, and bytes in the file, of what one unit or part holds.
  uint64_t AllocOf(const SectionBytes& bytes) const;
  uint64_t FileOf(const SectionBytes& bytes) const;
};

// The plan's atoms with their askers.
std::vector<SizedAtom> AtomsOf(const plan::Plan& plan);

// Divides a library among sections, units and parts of the record. `plan` names the units; other owners become parts. `path` is for messages.
void Attribute(const std::vector<Claim>& claims, const plan::Plan& plan, const std::string& path, SizeRecord* record);

// One model of the plan: its file and the memory of a session. Throws plan::InputError if it is damaged.
ModelBytes MeasureModel(const std::string& bytes, const plan::PlanModel& named);

// Reads the built folder: library, linker's map, plan, models. Throws plan::InputError where it is no crop or not built.
SizeRecord MeasureCrop(const std::string& out, const Toolchain& toolchain);

// The text of size.json: one unit, section, atom... a line; the same for the same record.
std::string SizeRecordToJson(const SizeRecord& record);
// Checks shapes and sums: the file may come from anywhere. Throws plan::InputError naming `source`, with what is wrong and the remedy.
SizeRecord SizeRecordFromJson(const std::string& text, const std::string& source);

// The record of `path`: a size.json, a crop's folder or a library with a size.json beside it or in its crop's folder; `size_json` (may be
// empty) names it instead. A library that is not the measured one is refused with plan::InputError.
SizeRecord LoadSizeRecord(const std::string& path, const std::string& size_json = "");

// Where the record of a library or of a crop's folder lies: in the folder, beside the library, or in the folder of the crop that holds it in
// build/. "" if nowhere.
std::string RecordBeside(const std::string& path);

// Bytes of `bytes` as raw deflate at level 9 (zlib), which zip archives and app packages use.
uint64_t CompressedBytes(const std::string& bytes);

}  // namespace adze::size
