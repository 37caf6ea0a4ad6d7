// SPDX-License-Identifier: Apache-2.0
// What the linker keeps, joins and adds. That a real link does the same is what the forecast's end-to-end tests check.
#include "cropper/size/link_model.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "cropper/size/forecast.h"

namespace adze::size {
namespace {

ObjectSection Section(const std::string& name, uint64_t bytes, uint64_t align, std::vector<Reference> references = {}) {
  ObjectSection s;
  s.name = name;
  s.bytes = bytes;
  s.align = align;
  s.executable = name[1] == 't';
  s.references = std::move(references);
  return s;
}

ObjectSection Strings(const std::string& name, const std::vector<std::string>& entries) {
  ObjectSection s = Section(name, 0, 1);
  s.entry_bytes = 1;
  s.strings = true;
  for (const std::string& e : entries) {
    s.bytes += e.size() + 1;
    s.entries.push_back(e + std::string(1, '\0'));
  }
  return s;
}

std::map<std::string, uint64_t> Linked(const std::vector<const ObjectShape*>& shapes,
                                       const LinkOptions& options = {"x86_64", 4096, "", "", {}}) {
  std::vector<LinkInput> inputs;
  for (const ObjectShape* shape : shapes) inputs.push_back({std::string(1, static_cast<char>('a' + inputs.size())), shape});
  std::map<std::string, uint64_t> bytes;
  for (const Claim& c : ModelLink(inputs, options)) bytes[c.owner + " " + c.section] += c.bytes;
  return bytes;
}

TEST(ModelLink, KeepsWhatExportsReach) {
  ObjectShape a, b;
  a.sections = {Section(".text.api", 10, 1, {{ReferenceKind::kCall, -1, "helper", 1}}), Section(".text.unused", 100, 1)};
  a.symbols = {{"api", 0, false, true}};
  b.sections = {Section(".text.helper", 20, 16, {{ReferenceKind::kPlain, 2, "", 1}}), Section(".text.other", 300, 1),
                Section(".rodata.t", 7, 4)};
  b.symbols = {{"helper", 0, false, false}, {"other", 1, false, false}};
  auto bytes = Linked({&a, &b});
  EXPECT_EQ(bytes["a .text"], 10u);
  EXPECT_EQ(bytes["b .text"], 20u);
  EXPECT_EQ(bytes["(padding) .text"], 6u);
  EXPECT_EQ(bytes["b .rodata"], 7u);
  EXPECT_EQ(bytes.count("(calls into other libraries) .plt"), 0u);
}

TEST(ModelLink, OneOfEachGroup) {
  ObjectShape a, b;
  for (ObjectShape* shape : {&a, &b}) {
    shape->sections = {Section(".text.f", 5, 1, {{ReferenceKind::kCall, 1, "", 1}}), Section(".text.inlined", 50, 1)};
    shape->sections[1].group = "inlined";
    shape->symbols = {{"inlined", 1, true, false}};
  }
  a.symbols.push_back({"f", 0, false, true});
  b.symbols.push_back({"g", 0, false, true});
  auto bytes = Linked({&a, &b});
  EXPECT_EQ(bytes["a .text"], 55u);
  EXPECT_EQ(bytes["b .text"], 5u);
}

TEST(ModelLink, EqualStringsAndTailsAreJoined) {
  ObjectShape a, b;
  a.sections = {Section(".text.f", 1, 1, {{ReferenceKind::kPlain, 1, "", 1}}), Strings(".rodata.f.str1.1", {"levels", "node"})};
  a.symbols = {{"f", 0, false, true}};
  b.sections = {Section(".text.g", 1, 1, {{ReferenceKind::kPlain, 1, "", 1}}), Strings(".rodata.g.str1.1", {"node", "els", "x"})};
  b.symbols = {{"g", 0, false, true}};
  EXPECT_EQ(Linked({&a, &b})["(merged strings and constants) .rodata"], 7u + 5 + 2);
}

TEST(ModelLink, TablesFollowReferences) {
  ObjectShape a;
  a.sections = {Section(".text.f", 1, 1, {{ReferenceKind::kCall, -1, "memcpy", 3}, {ReferenceKind::kCall, -1, "adze_f", 1}}),
                Section(".data.rel.ro.d", 16, 8, {{ReferenceKind::kAddress, 0, "", 2}})};
  a.sections[1].writable = true;
  a.symbols = {{"adze_f", 0, false, true}, {"adze_d", 1, false, true}};
  const LinkOptions x86{"x86_64", 4096, "", "", {{"memcpy", {"libc.so.6", "GLIBC_2.14"}}}};
  auto bytes = Linked({&a}, x86);
  EXPECT_EQ(bytes["(relocations) .rela.plt"], 24u * 2);  // memcpy, and f, which may be replaced
  EXPECT_EQ(bytes["(relocations) .rela.dyn"], 24u * 2);
  EXPECT_EQ(bytes["(dynamic symbols) .dynsym"], 24u * 4);
  EXPECT_EQ(bytes["(dynamic symbols) .gnu.version_r"], 32u);
  EXPECT_EQ(bytes["(calls into other libraries) .plt"], 16u * 3);
  LinkOptions named = x86;
  named.prefix = "face";  // its own calls are settled
  EXPECT_EQ(Linked({&a}, named)["(relocations) .rela.plt"], 24u);
}

TEST(StringTableBytes, TailsTakeNoRoom) {
  EXPECT_EQ(StringTableBytes({}), 1u);
  EXPECT_EQ(StringTableBytes({".rela.plt", ".plt", ".got.plt", ".plt"}), 1u + 10 + 9);
}

// Sizes of `ld -O1`, measured.
TEST(HashBuckets, ShortestChains) {
  EXPECT_EQ(HashBuckets({"adze_input_count", "adze_output_count", "adze_input_info", "adze_session_level", "adze_output_info",
                         "adze_session_destroy", "adze_arena_bytes", "adze_bookkeeping_bytes", "adze_run", "adze_version",
                         "adze_session_create"}),
            16u);
  EXPECT_EQ(HashBuckets({"one"}), 2u);
}

TEST(ObjectShape, JsonAndBack) {
  ObjectShape a;
  a.sections = {Section(".text.f", 1, 16, {{ReferenceKind::kGotOrNot, -1, "x", 3}, {ReferenceKind::kPlain, 1, "", 1}}),
                Strings(".rodata.f.str1.1", {"\xff\x01 text", ""})};
  a.sections[0].group = "g";
  a.symbols = {{"f", 0, true, true}};
  const nlohmann::json j = ObjectShapeToJson(a);
  EXPECT_EQ(ObjectShapeToJson(ObjectShapeFromJson(nlohmann::json::parse(j.dump()))), j);
  EXPECT_EQ(ObjectShapeFromJson(j).sections[1].entries, a.sections[1].entries);
  for (const char* pointer :
       {"/sections/0/align", "/sections/0/references/1/1", "/sections/0/references/0/0", "/symbols/0/1", "/sections"}) {
    for (const nlohmann::json& value : {nlohmann::json(-1), nlohmann::json(9), nlohmann::json("zz"), nlohmann::json(nullptr)}) {
      nlohmann::json changed = j;
      changed[nlohmann::json::json_pointer(pointer)] = value;
      if (value.is_string() && std::string(pointer) == "/sections/0/references/1/1") continue;  // a symbol of that name
      EXPECT_ANY_THROW(ObjectShapeFromJson(changed)) << pointer << value;
    }
  }
}

TEST(TableShape, HoldsTheRows) {
  const std::vector<CatalogRow> rows(Catalog().begin(), Catalog().begin() + 5);
  const ObjectShape shape = TableShape(rows, "x86_64");
  EXPECT_EQ(shape.sections[0].bytes, 20 + 36 + (SerializeRows(rows).size() + 3) / 4 * 4);
  EXPECT_EQ(shape.sections[2].bytes, 40u);
  EXPECT_EQ(shape.sections[2].references.size(), 5u);
  EXPECT_EQ(TableShape({}, "aarch64").sections[2].bytes, 8u);
}

}  // namespace
}  // namespace adze::size
