// SPDX-License-Identifier: Apache-2.0
// What the reader accepts, and each way in which it refuses a file.
#include "models/format/reader.h"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <random>

#include "models/format/reader_structure.h"
#include "models/testing/tiny_model.h"

namespace adze {
namespace {

using testing::FileBytes;
using testing::FileModel;

Status OpenAndVerify(const FileBytes& file, format::Model* model) {
  const Status status = format::Open(file.data(), file.size(), model);
  EXPECT_EQ(status.ok(), model->graph != nullptr);
  if (!status.ok()) return status;
  std::vector<uint64_t> workspace(format::WorkspaceBytes(*model) / 8 + 1);
  return format::Verify(*model, reinterpret_cast<uint8_t*>(workspace.data()));
}

Status Open(const std::vector<uint8_t>& bytes) {
  format::Model model;
  return OpenAndVerify(FileBytes(bytes), &model);
}

Detail DetailOf(const FileModel& model) { return Open(WriteFile(model)).detail; }

FileModel Changed(const std::function<void(FileModel*)>& change) {
  FileModel model = testing::ScaleAddModel(5);
  change(&model);
  return model;
}

template <typename T>
std::vector<uint8_t> WithHeader(size_t at, T value) {
  std::vector<uint8_t> file = WriteFile(testing::ScaleAddModel(5));
  std::memcpy(file.data() + at, &value, sizeof(T));
  return file;
}

TEST(Reader, OpensASoundFile) {
  const FileBytes file(WriteFile(testing::ScaleAddModel(5)));
  format::Model model;
  ASSERT_TRUE(OpenAndVerify(file, &model).ok());
  EXPECT_EQ(model.n_tensors, 4u);
  EXPECT_EQ(model.n_nodes, 2u);
  EXPECT_EQ(model.blob_bytes, 20u);
  EXPECT_STREQ(model.name(), "tiny");
  format::StoredTensor t;
  model.tensor(2, &t);
  EXPECT_STREQ(t.name, "c");
  EXPECT_EQ(t.storage, format::StorageKind::kConstant);
  EXPECT_EQ(t.tensor.strides[0], 4);
  EXPECT_EQ(t.bytes, 20u);
  format::StoredNode n;
  model.node(1, &n);
  EXPECT_STREQ(n.op, "sum2");
  EXPECT_STREQ(n.name, "second");
  ASSERT_EQ(n.inputs.size, 2u);
  EXPECT_EQ(n.inputs[1], 2);
  EXPECT_TRUE(n.params.empty());
}

TEST(Reader, OpensTheEmptyGraph) { EXPECT_TRUE(Open(WriteFile(FileModel())).ok()); }

TEST(Reader, RefusesEveryTruncation) {
  const std::vector<uint8_t> file = WriteFile(testing::ScaleAddModel(5));
  for (size_t n = 0; n < file.size(); ++n) {
    const Status status = Open({file.begin(), file.begin() + static_cast<std::ptrdiff_t>(n)});
    EXPECT_EQ(status.code, Code::kDamagedFile) << n;
    EXPECT_EQ(status.detail, Detail::kTruncated) << n;
  }
}

TEST(Reader, HeaderErrors) {
  EXPECT_EQ(Open(WithHeader<uint32_t>(0, 63)).detail, Detail::kBadHeader);
  EXPECT_EQ(Open(WithHeader<char>(4, 'B')).detail, Detail::kBadIdentifier);
  EXPECT_EQ(Open(WithHeader<uint16_t>(8, 0)).detail, Detail::kBadHeader);
  EXPECT_EQ(Open(WithHeader<uint64_t>(56, 1)).detail, Detail::kBadHeader);
  EXPECT_EQ(Open(WithHeader<uint64_t>(16, 65)).detail, Detail::kMisaligned);
  EXPECT_EQ(Open(WithHeader<uint64_t>(16, 0)).detail, Detail::kBadHeader);
  EXPECT_EQ(Open(WithHeader<uint64_t>(16, uint64_t{0} - 64)).detail, Detail::kBadHeader);
  EXPECT_EQ(Open(WithHeader<uint64_t>(24, UINT64_MAX)).detail, Detail::kBadHeader);
  EXPECT_EQ(Open(WithHeader<uint64_t>(40, 1 << 30)).detail, Detail::kTruncated);
  EXPECT_EQ(Open(WithHeader<uint64_t>(48, 1)).detail, Detail::kBadChecksum);
  EXPECT_EQ(Open(WithHeader<uint64_t>(24, 100)).detail, Detail::kBadHeader);  // no whole words
  const Status newer = Open(WithHeader<uint16_t>(8, kFormatMajor + 1));
  EXPECT_EQ(newer.code, Code::kNewerFormat);
  EXPECT_EQ(newer.got, kFormatMajor + 1);
  // A later minor version may use the reserved field.
  std::vector<uint8_t> later = WithHeader<uint16_t>(10, kFormatMinor + 1);
  later[56] = 1;
  EXPECT_TRUE(Open(later).ok());
}

TEST(Reader, RefusesNullAndMisalignedData) {
  format::Model model;
  EXPECT_EQ(format::Open(nullptr, 100, &model).code, Code::kInvalidArgument);
  const FileBytes file(WriteFile(testing::ScaleAddModel(5)));
  const Status status = format::Open(file.data() + 8, file.size() - 8, &model);
  EXPECT_EQ(status.code, Code::kInvalidArgument);
  EXPECT_EQ(status.detail, Detail::kMisaligned);
}

TEST(Reader, AFlippedGraphBitIsNoticed) {
  std::vector<uint8_t> file = WriteFile(testing::ScaleAddModel(5));
  file[100] ^= 4;
  EXPECT_EQ(Open(file).detail, Detail::kBadChecksum);
}

TEST(Reader, TensorErrors) {
  using M = FileModel*;
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[0].dtype = static_cast<DType>(kDTypeCount); })), Detail::kDTypeUnknown);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[0].dims = {1, 1, 1, 1, 1, 1, 5}; })), Detail::kBadTensor);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[0].dims = {-5}; })), Detail::kBadTensor);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[0].dims = {INT32_MAX, INT32_MAX, INT32_MAX}; })), Detail::kBadTensor);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[0].dims = {1 << 20, 1 << 20}; })), Detail::kBadTensor);  // elements fit, bytes do not
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[0].strides = {4, 4}; })), Detail::kBadTensor);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[0].strides = {-4}; })), Detail::kBadTensor);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[0].strides = {6}; })), Detail::kBadTensor);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[0].strides = {INT64_MAX / 4 * 4}; })), Detail::kBadTensor);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[0].strides = {0}; })), Detail::kBadTensor);  // written, but elements coincide
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[0].storage = static_cast<format::Storage>(3); })), Detail::kBadTensor);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[1].offset = 256; })), Detail::kBadOffset);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[1].offset = uint64_t{0} - 64; })), Detail::kBadOffset);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[1].offset = 68; })), Detail::kMisaligned);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[2].offset = 64; })), Detail::kBadOffset);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->blob.pop_back(); })), Detail::kBadOffset);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->arena_bytes = (uint64_t{1} << 40) + 1; })), Detail::kTooLarge);
}

TEST(Reader, ABroadcastConstantMayRepeatElements) {
  EXPECT_EQ(DetailOf(Changed([](FileModel* m) { m->tensors[2].strides = {0}; })), Detail::kNone);
}

TEST(Reader, NodeErrors) {
  using M = FileModel*;
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[0].inputs = {4}; })), Detail::kBadNodeInput);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[0].inputs = {-1}; })), Detail::kBadNodeInput);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[0].outputs = {INT32_MIN}; })), Detail::kBadNodeInput);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->inputs = {9}; })), Detail::kBadNodeInput);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->outputs = {9}; })), Detail::kBadNodeInput);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[1].outputs = {1}; })), Detail::kBadTensor);  // two writers
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[1].outputs = {0}; })), Detail::kBadTensor);  // writes a graph input
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[1].outputs = {2}; })), Detail::kBadTensor);  // writes a constant
  EXPECT_EQ(DetailOf(Changed([](M m) { m->inputs = {0, 0}; })), Detail::kBadTensor);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->inputs = {2}; })), Detail::kBadTensor);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->inputs = {}; })), Detail::kBadNodeOrder);
  EXPECT_EQ(DetailOf(Changed([](M m) { std::swap(m->nodes[0], m->nodes[1]); })), Detail::kBadNodeOrder);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[0].inputs = {3}; })), Detail::kBadNodeOrder);  // a cycle
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[0].inputs = {1}; })), Detail::kBadNodeOrder);  // reads what it writes
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes.pop_back(); })), Detail::kBadNodeOrder);       // an output nobody writes
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[0].op = std::string(256, 'x'); })), Detail::kTooLarge);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[0].inputs.assign(1024, 0); })), Detail::kTooLarge);
  const Status status = Open(WriteFile(Changed([](M m) { m->nodes[1].inputs = {1, 77}; })));
  EXPECT_EQ(status.node, 1);
  EXPECT_EQ(status.got, 77);
}

TEST(Reader, ScratchErrors) {
  using M = FileModel*;
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[0].scratch_bytes = 65; })), Detail::kBadOffset);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[0].scratch_offset = 8; })), Detail::kBadOffset);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[0].scratch_bytes = UINT64_MAX; })), Detail::kBadOffset);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[0].scratch_offset = 0; })), Detail::kOverlap);   // on its input
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[0].scratch_offset = 64; })), Detail::kOverlap);  // on its output
  EXPECT_EQ(DetailOf(Changed([](M m) {  // where x was: dead by then, but y is there
              m->nodes[1].scratch_bytes = 64;
            })),
            Detail::kOverlap);
  EXPECT_EQ(DetailOf(Changed([](M m) {
              m->tensors[3].offset = 128;
              m->nodes[1].scratch_bytes = 64;
            })),
            Detail::kNone);
}

TEST(Reader, OverlapOfLiveTensors) {
  using M = FileModel*;
  EXPECT_EQ(DetailOf(Changed([](M m) { m->outputs = {3, 0}; })), Detail::kOverlap);       // x is still wanted when y takes its place
  EXPECT_EQ(DetailOf(Changed([](M m) { m->nodes[1].inputs = {0, 1}; })), Detail::kNone);  // y in place of the dying x
  EXPECT_EQ(DetailOf(Changed([](M m) {                                                    // ... but at another offset
              m->tensors[0].dims = m->tensors[1].dims = m->tensors[2].dims = m->tensors[3].dims = {20};
              m->blob.resize(80);
              m->arena_bytes = 1024;
              m->tensors[0].offset = 0, m->tensors[1].offset = 512, m->tensors[3].offset = 64;
              m->nodes[0].scratch_offset = 256;
              m->nodes[1].inputs = {0, 1};
            })),
            Detail::kOverlap);
  EXPECT_EQ(DetailOf(Changed([](M m) { m->tensors[1].offset = 0; })), Detail::kNone);  // scale in place
  EXPECT_EQ(DetailOf(Changed([](M m) {                                                 // in place, but the input is read again later
              m->tensors[1].offset = 0;
              m->tensors[3].offset = 64;
              m->nodes[1].inputs = {1, 0};
            })),
            Detail::kOverlap);
  EXPECT_EQ(DetailOf(Changed([](M m) {  // what is written has no gaps
              m->tensors[0].strides = {8};
              m->arena_bytes = 256;
            })),
            Detail::kBadTensor);
  EXPECT_EQ(DetailOf(Changed([](M m) {  // two graph inputs
              m->tensors.push_back({"z", DType::kF32, {5}, 0, format::Storage_Arena, {}, -1});
              m->inputs = {0, 4};
            })),
            Detail::kOverlap);
  EXPECT_EQ(DetailOf(Changed([](M m) {  // two outputs of one node
              m->tensors.push_back({"z", DType::kF32, {5}, 0, format::Storage_Arena, {}, -1});
              m->nodes[1].outputs = {3, 4};
            })),
            Detail::kOverlap);
  EXPECT_EQ(DetailOf(Changed([](M m) {  // nothing overlaps an empty tensor
              m->tensors.push_back({"z", DType::kF32, {0}, 0, format::Storage_Arena, {}, -1});
              m->inputs = {0, 4};
            })),
            Detail::kNone);
}

// Two views of a graph input [3, 8], the left and the right half of its columns; the node reads the left one.
FileModel Halves() {
  FileModel m;
  m.tensors = {{"whole", DType::kF32, {3, 8}, 0, format::Storage_Arena, {}, -1},
               {"left", DType::kF32, {3, 4}, 0, format::Storage_View, {32, 4}, 0},
               {"right", DType::kF32, {3, 4}, 16, format::Storage_View, {32, 4}, 0},
               {"y", DType::kF32, {3, 4}, 128, format::Storage_Arena, {}, -1}};
  m.nodes = {{"scale", "n", {1}, {3}, {}, 0, 0}};
  m.inputs = {0};
  m.outputs = {3};
  m.arena_bytes = 192;
  return m;
}

TEST(Reader, Views) {
  EXPECT_EQ(DetailOf(Halves()), Detail::kNone);
  FileModel m = Halves();
  m.tensors[2].offset = 20;  // one element past the root
  EXPECT_EQ(DetailOf(m), Detail::kBadOffset);
  m = Halves();
  m.tensors[2].offset = 14;  // not a multiple of the element
  EXPECT_EQ(DetailOf(m), Detail::kBadOffset);
  m = Halves();
  m.tensors[2].offset = UINT64_MAX;
  EXPECT_EQ(DetailOf(m), Detail::kBadOffset);
  for (int32_t root : {-1, 2, 1, 4, INT32_MIN}) {  // none, itself, another view, outside
    m = Halves();
    m.tensors[2].root = root;
    EXPECT_EQ(DetailOf(m), Detail::kBadTensor) << root;
  }
  m = Halves();
  m.nodes[0].outputs = {2};
  EXPECT_EQ(DetailOf(m), Detail::kOverlap);  // writes over an input
  m = Halves();
  m.tensors[3].offset = 0;
  EXPECT_EQ(DetailOf(m), Detail::kOverlap);  // writes over what the view shows, in another layout
}

// "joined" [3, 10] is written in two halves; the second node reads the first half. Nothing writes the root itself.
FileModel JoinedHalves() {
  FileModel m;
  m.tensors = {{"x", DType::kF32, {3, 5}, 192, format::Storage_Arena, {}, -1},
               {"joined", DType::kF32, {3, 10}, 0, format::Storage_Arena, {}, -1},
               {"left", DType::kF32, {3, 5}, 0, format::Storage_View, {40, 4}, 1},
               {"right", DType::kF32, {3, 5}, 20, format::Storage_View, {40, 4}, 1}};
  m.nodes = {{"scale", "l", {0}, {2}, {}, 0, 0}, {"scale", "r", {2}, {3}, {}, 0, 0}};
  m.inputs = {0};
  m.outputs = {1};
  m.arena_bytes = 256;
  return m;
}

TEST(Reader, ATensorMayBeWrittenInParts) {
  EXPECT_EQ(DetailOf(JoinedHalves()), Detail::kNone);
  using M = FileModel*;
  const auto detail_of = [](const std::function<void(M)>& change) {
    FileModel m = JoinedHalves();
    change(&m);
    return DetailOf(m);
  };
  EXPECT_EQ(detail_of([](M m) { m->tensors[1].offset = 64; }), Detail::kNone);             // no multiple of the period
  EXPECT_EQ(detail_of([](M m) { m->tensors[3].offset = 16; }), Detail::kOverlap);          // the parts share a column
  EXPECT_EQ(detail_of([](M m) { m->tensors[3].offset = 0; }), Detail::kOverlap);           // all of it
  EXPECT_EQ(detail_of([](M m) { m->nodes[0].outputs = {1}; }), Detail::kOverlap);          // the whole, then a part
  EXPECT_EQ(detail_of([](M m) { m->nodes[1].outputs = {1}; }), Detail::kOverlap);          // a part, then the whole
  EXPECT_EQ(detail_of([](M m) { m->nodes[1].outputs = {2}; }), Detail::kBadTensor);        // one part twice
  EXPECT_EQ(detail_of([](M m) { m->outputs = {3}; }), Detail::kBadTensor);                 // a part has gaps
  EXPECT_EQ(detail_of([](M m) { m->nodes[0].inputs = {1}; }), Detail::kBadNodeOrder);      // read before any part is written
  EXPECT_EQ(detail_of([](M m) { m->tensors[2].strides = {20, 4}; }), Detail::kOverlap);    // another period
  EXPECT_EQ(detail_of([](M m) { m->tensors[2].strides = {16, 4}; }), Detail::kBadTensor);  // rows that share an element
  EXPECT_EQ(detail_of([](M m) { m->tensors[2].strides = {0, 4}; }), Detail::kBadTensor);   // rows that are one
  EXPECT_EQ(detail_of([](M m) { m->tensors[2].strides = {4, 12}; }), Detail::kBadTensor);  // columns outermost
  EXPECT_EQ(detail_of([](M m) { m->tensors[0].offset = 64; }), Detail::kOverlap);          // a part over the input, alive
  EXPECT_EQ(detail_of([](M m) { m->nodes[0].scratch_bytes = 64, m->nodes[0].scratch_offset = 64; }), Detail::kOverlap);
  // The whole is in use from the first part on, whatever is written between: x is read by the second node.
  EXPECT_EQ(detail_of([](M m) { m->nodes[1].inputs = {0}; }), Detail::kNone);
}

TEST(Reader, AViewKeepsItsRootAlive) {
  FileModel m = Halves();
  m.tensors.push_back({"late", DType::kF32, {3, 4}, 192, format::Storage_Arena, {}, -1});
  m.nodes.push_back({"scale", "late", {2}, {4}, {}, 0, 0});
  m.outputs = {3, 4};
  m.arena_bytes = 256;
  EXPECT_EQ(DetailOf(m), Detail::kNone);
  m.tensors[3].offset = 64;
  EXPECT_EQ(DetailOf(m), Detail::kOverlap);
}

TEST(Reader, ABadStructureIsRefused) {
  std::vector<uint8_t> file = WriteFile(testing::ScaleAddModel(5));
  std::memset(file.data() + 64, 0xff, 4);  // the root offset
  testing::FixChecksum(&file);
  EXPECT_EQ(Open(file).detail, Detail::kBadStructure);
}

// The structure check against flatbuffers::Verifier: it accepts nothing that the library's own refuses.
TEST(Reader, StructureAgreesWithFlatBuffers) {
  const std::vector<uint8_t> file = WriteFile(Halves());
  FileHeader header;
  std::memcpy(&header, file.data(), sizeof(header));
  const FileBytes graph(std::vector<uint8_t>(file.begin() + 64, file.begin() + 64 + static_cast<std::ptrdiff_t>(header.graph_bytes)));
  const std::vector<uint8_t> sound(graph.data(), graph.data() + graph.size());
  std::mt19937 random(7);
  int accepted = 0, refused = 0;
  for (int i = 0; i < 40000; ++i) {
    FileBytes bytes(sound);
    uint8_t* mutable_bytes = bytes.data();
    const uint32_t changes = 1 + random() % 3;
    for (uint32_t k = 0; k < changes; ++k)
      mutable_bytes[random() % sound.size()] = static_cast<uint8_t>(random() % 4 == 0 ? random() : random() % 16);
    flatbuffers::Verifier verifier(mutable_bytes, bytes.size());
    const bool ours = format::IsStructureSound(mutable_bytes, bytes.size()), theirs = verifier.VerifyBuffer<format::Graph>(nullptr);
    EXPECT_TRUE(theirs || !ours) << i;
    ++(ours ? accepted : refused);
  }
  std::printf("accepted %d, refused %d\n", accepted, refused);
  EXPECT_GT(accepted, 1000);
  EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace adze
