// SPDX-License-Identifier: Apache-2.0
// Reading the manifest that a library carries in its note.
#include <algorithm>

#include "cropper/plan/profile.h"
#include "cropper/size/elf_file.h"

namespace adze::size {
namespace {

// Little-endian numbers of a byte string; false behind its end.
class ByteReader {
 public:
  explicit ByteReader(const std::string& bytes) : bytes_(bytes) {}
  bool Take(size_t n, const char** out) {
    if (bytes_.size() - at_ < n) return false;
    *out = bytes_.data() + at_;
    at_ += n;
    return true;
  }
  bool U8(uint8_t* v) {
    const char* p;
    if (!Take(1, &p)) return false;
    *v = static_cast<uint8_t>(*p);
    return true;
  }
  bool U32(uint32_t* v) {
    const char* p;
    if (!Take(4, &p)) return false;
    *v = 0;
    for (int i = 0; i < 4; ++i) *v |= static_cast<uint32_t>(static_cast<uint8_t>(p[i])) << (8 * i);
    return true;
  }
  size_t at() const { return at_; }

 private:
  const std::string& bytes_;
  size_t at_ = 0;
};

bool ParseRow(ByteReader* r, ManifestRow* row) {
  uint8_t head[9];
  for (uint8_t& b : head) {
    if (!r->U8(&b)) return false;
  }
  if (head[0] > static_cast<uint8_t>(RowKind::kUkernel) || head[1] >= kLevelCount || head[4] > kMaxKeyTypes || head[5] > kMaxNeeds)
    return false;
  row->kind = static_cast<RowKind>(head[0]);
  row->level = static_cast<Level>(head[1]);
  const char* p;
  if (!r->Take(head[2], &p)) return false;
  row->name.assign(p, head[2]);
  if (!r->Take(head[3], &p)) return false;
  row->op.assign(p, head[3]);
  if (!r->Take(head[4], &p)) return false;
  for (int i = 0; i < head[4]; ++i) {
    if (static_cast<uint8_t>(p[i]) >= kDTypeCount) return false;
    row->types.push_back(static_cast<DType>(p[i]));
  }
  for (int i = 0; i < head[5]; ++i) {
    uint8_t n;
    if (!r->U8(&n) || !r->Take(n, &p)) return false;
  }
  return r->Take(size_t{head[6]} + head[7] + head[8], &p);
}

bool ParseHeader(ByteReader* r, Manifest* manifest, uint32_t* n_rows, uint32_t* rows_bytes) {
  constexpr size_t kIdBytes = 16, kLevels = 7;
  const char *id, *levels;
  uint8_t n_levels;
  if (!r->Take(kIdBytes, &id) || !r->U8(&n_levels) || !r->Take(kLevels, &levels) || n_levels > kLevels) return false;
  for (size_t i = 0; i < kIdBytes; ++i) {
    manifest->crop_id += "0123456789abcdef"[static_cast<uint8_t>(id[i]) >> 4];
    manifest->crop_id += "0123456789abcdef"[id[i] & 15];
  }
  for (int i = 0; i < n_levels; ++i) {
    if (static_cast<uint8_t>(levels[i]) >= kLevelCount) return false;
    manifest->levels.push_back(static_cast<Level>(levels[i]));
  }
  return r->U32(n_rows) && r->U32(rows_bytes);
}

}  // namespace

Manifest ParseManifest(const std::string& descriptor, const std::string& path) {
  constexpr uint32_t kKnownVersion = 1;
  ByteReader r(descriptor);
  Manifest manifest;
  uint32_t version = 0, n_rows = 0, rows_bytes = 0;
  if (r.U32(&version) && version != kKnownVersion) {
    throw plan::InputError(path + " has a manifest of version " + std::to_string(version) +
                           ", this cropper reads version 1; use a newer cropper");
  }
  bool sound = ParseHeader(&r, &manifest, &n_rows, &rows_bytes);
  const size_t start = r.at();
  for (uint32_t i = 0; sound && i < n_rows; ++i) {
    ManifestRow row;
    sound = ParseRow(&r, &row);
    if (sound) manifest.rows.push_back(row);
  }
  if (!sound || r.at() - start != rows_bytes) throw plan::InputError(path + " has a damaged manifest (section .note.adze); build it again");
  manifest.row_bytes.assign(descriptor.begin() + static_cast<std::ptrdiff_t>(start),
                            descriptor.begin() + static_cast<std::ptrdiff_t>(r.at()));
  return manifest;
}

Manifest ReadManifest(const ElfFile& elf) {
  if (elf.note.empty()) throw plan::InputError(elf.path + " has no section .note.adze: it is no Adze library");
  return ParseManifest(elf.note, elf.path);
}

}  // namespace adze::size
