// SPDX-License-Identifier: Apache-2.0
// Opening an .adze file: header, checksum, structure, and the accessors that read in place.
#include "models/format/reader.h"

#include <cstring>

#include "models/format/reader_plan.h"
#include "models/format/reader_structure.h"
#include "models/schema/adze_generated.h"
#include "models/schema/header.h"

namespace adze::format {
namespace {

// Bookkeeping compares names with those of rows, which are at most 255 bytes long.
constexpr uint32_t kMaxOpBytes = 255;
// Longer than any name seen; keeps the work of an error text that names every node bounded.
constexpr uint32_t kMaxNameBytes = 1 << 16;
// FlatBuffers offsets are signed 32-bit.
constexpr uint64_t kMaxGraphBytes = (uint64_t{1} << 31) - 64;
// Inputs and outputs of all nodes: FlatBuffers lets nodes share one vector, so the file's size does not bound it.
constexpr uint64_t kMaxIndices = 1 << 20;
// The arena's own limit is the same as a tensor's.
constexpr uint64_t kMaxArenaBytes = static_cast<uint64_t>(kMaxTensorBytes);

const Graph* GraphOf(const Model& model) { return static_cast<const Graph*>(model.graph); }

const char* TextAt(const flatbuffers::String* s) { return s == nullptr ? "" : s->c_str(); }

template <typename T>
uint32_t SizeOf(const flatbuffers::Vector<T>* v) {
  return v == nullptr ? 0 : v->size();
}

Span<const int32_t> IndicesOf(const flatbuffers::Vector<int32_t>* v) {
  if (v == nullptr) return {};
  return {v->data(), v->size()};
}

// Is [offset, offset + size) inside the file, and does it start at a multiple of 64?
Status CheckSection(uint64_t offset, uint64_t size, uint64_t file_bytes) {
  if (offset % kBlobAlignment != 0) return Damaged(Detail::kMisaligned, static_cast<int64_t>(offset % kBlobAlignment), kBlobAlignment);
  if (offset < sizeof(FileHeader)) return Damaged(Detail::kBadHeader);
  uint64_t end;
  if (__builtin_add_overflow(offset, size, &end)) return Damaged(Detail::kBadHeader);
  if (end > file_bytes) return Damaged(Detail::kTruncated, static_cast<int64_t>(file_bytes), static_cast<int64_t>(end));
  return OkStatus();
}

Status CheckHeader(const uint8_t* data, size_t bytes, FileHeader* header) {
  if (data == nullptr) return Error(Code::kInvalidArgument, Detail::kNullPointer);
  const size_t misalignment = reinterpret_cast<uintptr_t>(data) % kBlobAlignment;
  if (misalignment != 0) return Error(Code::kInvalidArgument, Detail::kMisaligned, static_cast<int64_t>(misalignment), kBlobAlignment);
  if (bytes < sizeof(FileHeader)) return Damaged(Detail::kTruncated, static_cast<int64_t>(bytes), sizeof(FileHeader));
  std::memcpy(header, data, sizeof(FileHeader));
  if (std::memcmp(header->identifier, "ADZE", 4) != 0) return Damaged(Detail::kBadIdentifier);
  if (header->major > kFormatMajor) return Error(Code::kNewerFormat, Detail::kBadHeader, header->major, kFormatMajor);
  if (header->major == 0 || header->header_bytes != sizeof(FileHeader)) return Damaged(Detail::kBadHeader);
  // A later minor version may give the reserved field a meaning that is safe to ignore; in ours it is 0.
  if (header->minor <= kFormatMinor && header->reserved2 != 0) return Damaged(Detail::kBadHeader);
  ADZE_RETURN_IF_ERROR(CheckSection(header->graph_offset, header->graph_bytes, bytes));
  ADZE_RETURN_IF_ERROR(CheckSection(header->blob_offset, header->blob_bytes, bytes));
  if (header->graph_bytes % sizeof(uint64_t) != 0) return Damaged(Detail::kBadHeader);
  if (header->graph_bytes > kMaxGraphBytes) return Damaged(Detail::kTooLarge, static_cast<int64_t>(header->graph_bytes));
  return OkStatus();
}

bool NameFits(const flatbuffers::String* s, uint32_t limit) { return s == nullptr || s->size() <= limit; }

Status CheckNodeSizes(const Graph* graph) {
  uint64_t indices = 0;
  for (uint32_t i = 0; i < SizeOf(graph->nodes()); ++i) {
    const Node* node = graph->nodes()->Get(i);
    const uint64_t own = uint64_t{SizeOf(node->inputs())} + SizeOf(node->outputs());
    indices += own;
    const bool fits = NameFits(node->op(), kMaxOpBytes) && NameFits(node->name(), kMaxNameBytes) && own <= kMaxNodeTensors;
    if (!fits || indices > kMaxIndices) return Error(Code::kDamagedFile, Detail::kTooLarge, 0, 0, static_cast<int32_t>(i));
  }
  return OkStatus();
}

// Bytes from the first to the last element, both included; false if that, or the dense size, exceeds kMaxTensorBytes, or if a stride is
// negative or no multiple of the element.
bool SpanOf(const adze::Tensor& t, int64_t element_bytes, uint64_t* span) {
  const int64_t count = ElementCount(t.shape);
  if (count < 0 || count > kMaxTensorBytes / element_bytes) return false;
  int64_t last = 0;
  for (int d = 0; d < t.shape.rank; ++d) {
    if (t.strides[d] < 0 || t.strides[d] % element_bytes != 0) return false;
    if (t.shape.dims[d] < 2) continue;
    int64_t step;
    if (__builtin_mul_overflow(t.strides[d], static_cast<int64_t>(t.shape.dims[d] - 1), &step)) return false;
    if (__builtin_add_overflow(last, step, &last) || last > kMaxTensorBytes - element_bytes) return false;
  }
  *span = count == 0 ? 0 : static_cast<uint64_t>(last + element_bytes);
  return true;
}

}  // namespace

Detail ReadTensor(const Model& model, uint32_t i, StoredTensor* out) {
  const Tensor* stored = GraphOf(model)->tensors()->Get(i);
  adze::Tensor& t = out->tensor;
  t = {};
  t.dtype = static_cast<DType>(stored->dtype());
  out->storage = static_cast<StorageKind>(stored->storage());
  out->root = out->storage == StorageKind::kView ? stored->root() : -1;
  out->offset = stored->offset();
  out->bytes = 0;
  out->name = TextAt(stored->name());
  const auto element_bytes = static_cast<int64_t>(DTypeBytes(t.dtype));
  if (element_bytes == 0) return Detail::kDTypeUnknown;
  const uint32_t rank = SizeOf(stored->dims());
  if (rank > kMaxRank || !NameFits(stored->name(), kMaxNameBytes)) return Detail::kBadTensor;
  t.shape.rank = static_cast<int32_t>(rank);
  if (rank != 0) std::memcpy(t.shape.dims, stored->dims()->data(), rank * sizeof(int32_t));
  const auto* strides = stored->strides();
  // Dense strides of hostile dims could overflow: count first.
  if (ElementCount(t.shape) < 0) return Detail::kBadTensor;
  if (SizeOf(strides) == 0) {
    SetDenseStrides(&t);
  } else {
    if (strides->size() != rank) return Detail::kBadTensor;
    // Not through Get(): only 4-byte alignment of the elements is verified.
    std::memcpy(t.strides, strides->Data(), rank * sizeof(int64_t));
  }
  return SpanOf(t, element_bytes, &out->bytes) ? Detail::kNone : Detail::kBadTensor;
}

void Model::tensor(uint32_t i, StoredTensor* out) const { ReadTensor(*this, i, out); }

void Model::node(uint32_t i, StoredNode* out) const {
  const Node* stored = GraphOf(*this)->nodes()->Get(i);
  out->op = TextAt(stored->op());
  out->name = TextAt(stored->name());
  out->inputs = IndicesOf(stored->inputs());
  out->outputs = IndicesOf(stored->outputs());
  out->params = {};
  if (stored->params() != nullptr) out->params = {stored->params()->data(), stored->params()->size()};
  out->scratch_offset = stored->scratch_offset();
  out->scratch_bytes = stored->scratch_bytes();
}

const char* Model::name() const { return TextAt(GraphOf(*this)->name()); }

size_t WorkspaceBytes(const Model& model) { return model.n_tensors * (sizeof(TensorPlan) + sizeof(int32_t)); }

Status Open(const uint8_t* data, size_t bytes, Model* model) {
  *model = {};
  FileHeader header;
  ADZE_RETURN_IF_ERROR(CheckHeader(data, bytes, &header));
  const uint8_t* section = data + header.graph_offset;
  if (Checksum(section, header.graph_bytes) != header.graph_checksum) return Damaged(Detail::kBadChecksum);
  if (!IsStructureSound(section, header.graph_bytes)) return Damaged(Detail::kBadStructure);
  const Graph* graph = flatbuffers::GetRoot<Graph>(section);
  model->data = data;
  model->blob = data + header.blob_offset;
  model->blob_bytes = header.blob_bytes;
  model->arena_bytes = graph->arena_bytes();
  model->n_tensors = SizeOf(graph->tensors());
  model->n_nodes = SizeOf(graph->nodes());
  model->inputs = IndicesOf(graph->inputs());
  model->outputs = IndicesOf(graph->outputs());
  if (model->n_tensors > kMaxTensors) return Damaged(Detail::kTooLarge, model->n_tensors);
  if (model->n_nodes > kMaxNodes) return Damaged(Detail::kTooLarge, model->n_nodes);
  if (model->outputs.size > kMaxTensors) return Damaged(Detail::kTooLarge, static_cast<int64_t>(model->outputs.size));
  if (model->arena_bytes > kMaxArenaBytes) return Damaged(Detail::kTooLarge, static_cast<int64_t>(model->arena_bytes));
  if (!NameFits(graph->name(), kMaxNameBytes)) return Damaged(Detail::kTooLarge, graph->name()->size());
  ADZE_RETURN_IF_ERROR(CheckNodeSizes(graph));
  model->graph = graph;  // the accessors are safe from here on
  return OkStatus();
}

Status Verify(const Model& model, uint8_t* workspace) {
  auto* plans = reinterpret_cast<TensorPlan*>(workspace);
  return CheckPlan(model, plans, reinterpret_cast<int32_t*>(plans + model.n_tensors));
}

}  // namespace adze::format
