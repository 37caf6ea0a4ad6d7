// SPDX-License-Identifier: Apache-2.0
// A FlatBuffers verifier driven by data: one loop over field kinds instead of the generated Verify functions, which take four times the
// code. A test holds it against flatbuffers::Verifier.
#include "models/format/reader_structure.h"

#include <cstring>

#include "models/format/reader.h"
#include "models/schema/adze_generated.h"

namespace adze::format {
namespace {

// A letter a field, in the order of adze.fbs: 1, 4, 8 scalars of that many bytes; s string, S required string; b, i, l vectors of 1, 4 and 8
// bytes an element; T, N vectors of tables.
constexpr char kGraphFields[] = "ssTNii8";
constexpr char kTensorFields[] = "s1il184";
constexpr char kNodeFields[] = "Ssiib88";

constexpr size_t SlotOf(size_t field) { return 4 + 2 * field; }
static_assert(Graph::VT_ARENA_BYTES == SlotOf(sizeof(kGraphFields) - 2) && Tensor::VT_ROOT == SlotOf(sizeof(kTensorFields) - 2) &&
                  Node::VT_SCRATCH_BYTES == SlotOf(sizeof(kNodeFields) - 2),
              "a field was added to the schema: add its letter");

class Structure {
 public:
  Structure(const uint8_t* data, size_t bytes) : data_(data), bytes_(bytes) {}

  bool Check() { return Inside(0, 4, 4) && Table(Read32(0), kGraphFields); }

 private:
  bool Inside(uint64_t at, uint64_t size, uint64_t alignment) const { return at % alignment == 0 && at <= bytes_ && size <= bytes_ - at; }

  uint32_t Read32(uint64_t at) const {
    uint32_t v;
    std::memcpy(&v, data_ + at, sizeof(v));
    return v;
  }

  uint32_t Read16(uint64_t at) const {
    uint16_t v;
    std::memcpy(&v, data_ + at, sizeof(v));
    return v;
  }

  bool Table(uint64_t at, const char* kinds) {
    if (tables_left_-- == 0 || !Inside(at, 4, 4)) return false;
    // Wraps for an offset past the start, which then is not inside.
    const uint64_t vtable = at - static_cast<uint64_t>(static_cast<int64_t>(static_cast<int32_t>(Read32(at))));
    if (!Inside(vtable, 4, 2)) return false;
    const uint32_t size = Read16(vtable);
    if (size < 4 || size % 2 != 0 || !Inside(vtable, size, 2)) return false;
    for (uint32_t slot = 4; *kinds != 0; ++kinds, slot += 2) {
      const uint32_t offset = slot < size ? Read16(vtable + slot) : 0;
      if (offset == 0 ? *kinds == 'S' : !Field(at + offset, *kinds)) return false;
    }
    return true;
  }

  bool Field(uint64_t at, char kind) {
    if (kind <= '9') return Inside(at, static_cast<uint64_t>(kind - '0'), static_cast<uint64_t>(kind - '0'));
    if (!Inside(at, 4, 4)) return false;
    const uint32_t offset = Read32(at);
    at += offset;
    if (offset == 0 || !Inside(at, 4, 4)) return false;
    const uint64_t count = Read32(at);
    at += 4;
    if (kind == 's' || kind == 'S') return Inside(at, count + 1, 1) && data_[at + count] == 0;
    const uint64_t width = kind == 'b' ? 1 : kind == 'l' ? 8 : 4;
    if (!Inside(at, count * width, 1)) return false;
    if (kind >= 'a') return true;
    for (const uint64_t end = at + 4 * count; at < end; at += 4) {
      if (!Table(at + Read32(at), kind == 'T' ? kTensorFields : kNodeFields)) return false;
    }
    return true;
  }

  const uint8_t* data_;
  uint64_t bytes_;
  uint32_t tables_left_ = 1 + kMaxTensors + kMaxNodes;
};

}  // namespace

bool IsStructureSound(const uint8_t* data, size_t bytes) { return Structure(data, bytes).Check(); }

}  // namespace adze::format
