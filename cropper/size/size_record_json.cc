// SPDX-License-Identifier: Apache-2.0
// size.json as text: one item a line, so that two of them can be compared by eye and by diff. Reading trusts nothing.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "cropper/size/size_record.h"

namespace adze::size {
namespace {

using nlohmann::ordered_json;

std::string Line(const ordered_json& json) { return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace); }

ordered_json ModelJson(const ModelBytes& m) {
  return {{"name", m.name},
          {"source", m.source},
          {"file", m.file},
          {"header", m.header},
          {"graph", m.graph},
          {"constants", m.constants},
          {"padding", m.padding},
          {"arena", m.arena},
          {"private_weights", m.private_weights},
          {"bookkeeping", m.bookkeeping}};
}

ordered_json AskerJson(const Asker& a) {
  ordered_json json = {{"model", a.model}, {"op", a.op}, {"node", a.node}};
  if (!a.node_name.empty()) json["name"] = a.node_name;
  json["nodes"] = a.nodes;
  if (!a.levels.empty()) json["levels"] = a.levels;
  return json;
}

ordered_json AtomJson(const SizedAtom& a) {
  ordered_json json = {{"kind", plan::AtomKindName(a.kind)}, {"id", a.id}};
  if (!a.because.empty()) json["because"] = a.because;
  if (!a.op.empty()) json["op"] = a.op;
  if (a.table_bytes > 0) json["table_bytes"] = a.table_bytes;
  if (a.askers.empty()) return json;
  json["askers"] = ordered_json::array();
  for (const Asker& asker : a.askers) json["askers"].push_back(AskerJson(asker));
  return json;
}

ordered_json UnitJson(const SizedUnit& u) {
  ordered_json json = {{"path", u.path}, {"isa", u.isa}, {"class", u.unit_class}};
  if (!u.atoms.empty()) json["atoms"] = u.atoms;
  if (!u.used_by.empty()) json["used_by"] = u.used_by;
  json["bytes"] = u.bytes;
  return json;
}

template <typename Items, typename ToJson>
void AppendList(const char* key, const Items& items, const ToJson& to_json, std::string* text) {
  *text += std::string(",\n  \"") + key + "\": [";
  const char* between = "\n    ";
  for (const auto& item : items) {
    *text += between + Line(to_json(item));
    between = ",\n    ";
  }
  *text += items.empty() ? "]" : "\n  ]";
}

// One JSON object of a file that may come from anywhere; messages say where in it the trouble is.
class Fields {
 public:
  Fields(const ordered_json& json, std::string where) : json_(json), where_(std::move(where)) {
    if (!json.is_object()) Wrong("must be an object");
  }

  std::string Text(const char* key) const {
    const ordered_json& v = At(key);
    if (!v.is_string()) Wrong(std::string("'") + key + "' must be a string");
    return v.get<std::string>();
  }
  std::string TextOr(const char* key) const { return json_.contains(key) ? Text(key) : ""; }
  uint64_t Bytes(const char* key) const { return Number(At(key), key); }
  bool Flag(const char* key) const {
    const ordered_json& v = At(key);
    if (!v.is_boolean()) Wrong(std::string("'") + key + "' must be true or false");
    return v.get<bool>();
  }
  std::vector<std::string> Texts(const char* key) const {
    std::vector<std::string> texts;
    if (!json_.contains(key)) return texts;
    for (const ordered_json& v : List(key)) {
      if (!v.is_string()) Wrong(std::string("'") + key + "' must hold strings");
      texts.push_back(v.get<std::string>());
    }
    return texts;
  }
  const ordered_json& List(const char* key) const {
    const ordered_json& v = At(key);
    if (!v.is_array()) Wrong(std::string("'") + key + "' must be a list");
    return v;
  }
  Fields Object(const char* key) const { return Fields(At(key), where_ + "." + key); }
  SectionBytes Sections(const char* key) const {
    const ordered_json& v = At(key);
    if (!v.is_object()) Wrong(std::string("'") + key + "' must be an object of sections");
    SectionBytes bytes;
    for (const auto& [name, n] : v.items()) bytes[name] = Number(n, name);
    return bytes;
  }
  bool Has(const char* key) const { return json_.contains(key); }
  [[noreturn]] void Wrong(const std::string& what) const { throw std::runtime_error(where_ + ": " + what); }

 private:
  const ordered_json& At(const char* key) const {
    if (!json_.contains(key)) Wrong(std::string("'") + key + "' is missing");
    return json_[key];
  }
  uint64_t Number(const ordered_json& v, const std::string& key) const {
    constexpr uint64_t kMost = uint64_t{1} << 50;  // no sum of these overflows
    if (!v.is_number_unsigned() || v.get<uint64_t>() > kMost) Wrong("'" + key + "' must be a number of bytes");
    return v.get<uint64_t>();
  }
  const ordered_json& json_;
  std::string where_;
};

std::string Item(const char* list, size_t i) { return std::string(list) + "[" + std::to_string(i) + "]"; }

plan::AtomKind KindOf(const Fields& f) {
  const std::string name = f.Text("kind");
  for (const plan::AtomKind kind :
       {plan::AtomKind::kOp, plan::AtomKind::kKernel, plan::AtomKind::kUkernel, plan::AtomKind::kLevel, plan::AtomKind::kFeature}) {
    if (name == plan::AtomKindName(kind)) return kind;
  }
  f.Wrong("'kind' is no kind of atom: " + name);
}

Toolchain ReadToolchain(const Fields& f) {
  Toolchain t = {f.Text("compiler"), f.Text("target"), f.Text("linker"), f.Text("c_library"), f.Text("unit_flags"), f.Text("link_flags")};
  if (t.Id() != f.Text("id")) f.Wrong("'id' is not that of its parts");
  return t;
}

ModelBytes ReadModel(const Fields& f) {
  ModelBytes m;
  m.name = f.Text("name");
  m.source = f.Text("source");
  m.file = f.Bytes("file");
  m.header = f.Bytes("header");
  m.graph = f.Bytes("graph");
  m.constants = f.Bytes("constants");
  m.padding = f.Bytes("padding");
  m.arena = f.Bytes("arena");
  m.private_weights = f.Bytes("private_weights");
  m.bookkeeping = f.Bytes("bookkeeping");
  if (m.header + m.graph + m.constants + m.padding != m.file) f.Wrong("the parts of the model's file do not add up to it");
  return m;
}

SizedAtom ReadAtom(const Fields& f) {
  SizedAtom atom{KindOf(f), f.Text("id"), f.TextOr("because"), f.TextOr("op"), f.Has("table_bytes") ? f.Bytes("table_bytes") : 0, {}};
  if (!f.Has("askers")) return atom;
  size_t i = 0;
  for (const ordered_json& json : f.List("askers")) {
    const Fields a(json, atom.id + "." + Item("askers", i++));
    atom.askers.push_back({a.Text("model"), a.Text("op"), static_cast<int32_t>(std::min<uint64_t>(a.Bytes("node"), INT32_MAX)),
                           a.TextOr("name"), a.Bytes("nodes"), a.Texts("levels")});
  }
  return atom;
}

// Units and parts must hold exactly what their sections do, and sections what the library does.
void CheckSums(const SizeRecord& r) {
  SectionBytes left;
  uint64_t alloc = 0, file = 0;
  for (const SizedSection& s : r.sections) {
    if (!left.emplace(s.name, s.bytes).second) throw std::runtime_error("section " + s.name + " is there twice");
    alloc += s.alloc ? s.bytes : 0;
    file += s.in_file ? s.bytes : 0;
  }
  const auto take = [&](const std::string& owner, const SectionBytes& bytes) {
    for (const auto& [section, n] : bytes) {
      const auto at = left.find(section);
      if (at == left.end()) throw std::runtime_error(owner + " has bytes in " + section + ", which is no section of the library");
      if (n > at->second) throw std::runtime_error("more bytes are claimed of " + section + " than it has");
      at->second -= n;
    }
  };
  for (const SizedUnit& u : r.units) take(u.path, u.bytes);
  for (const Part& p : r.parts) take(p.name, p.bytes);
  for (const auto& [section, n] : left) {
    if (n != 0) throw std::runtime_error(std::to_string(n) + " bytes of " + section + " belong to nobody");
  }
  if (alloc != r.library.alloc) throw std::runtime_error("the sections that are loaded do not add up to 'library.alloc'");
  if (file != r.library.file) throw std::runtime_error("the parts of the file do not add up to 'library.file'");
}

SizeRecord Read(const ordered_json& json) {
  const Fields f(json, "the file");
  if (f.Bytes("version") != kSizeVersion) {
    throw std::runtime_error("it has version " + std::to_string(f.Bytes("version")) + ", this cropper reads " +
                             std::to_string(kSizeVersion));
  }
  SizeRecord r;
  r.cropper = f.Text("cropper");
  r.crop_id = f.Text("crop_id");
  r.kind = f.Text("kind");
  r.profile = f.Text("profile");
  r.toolchain = ReadToolchain(f.Object("toolchain"));
  const Fields l = f.Object("library");
  r.library = {l.Text("path"), l.Text("arch"), l.Text("sha256"), l.Bytes("file"), l.Bytes("alloc"), l.Bytes("compressed")};
  size_t i = 0;
  for (const ordered_json& m : f.List("models")) r.models.push_back(ReadModel(Fields(m, Item("models", i++))));
  i = 0;
  for (const ordered_json& a : f.List("atoms")) r.atoms.push_back(ReadAtom(Fields(a, Item("atoms", i++))));
  i = 0;
  for (const ordered_json& s : f.List("sections")) {
    const Fields x(s, Item("sections", i++));
    r.sections.push_back({x.Text("name"), x.Bytes("bytes"), x.Flag("alloc"), x.Flag("in_file")});
  }
  i = 0;
  for (const ordered_json& u : f.List("units")) {
    const Fields x(u, Item("units", i++));
    r.units.push_back({x.Text("path"), x.Text("isa"), x.Text("class"), x.Texts("atoms"), x.Texts("used_by"), x.Sections("bytes")});
  }
  i = 0;
  for (const ordered_json& p : f.List("parts")) {
    const Fields x(p, Item("parts", i++));
    r.parts.push_back({x.Text("name"), x.Sections("bytes")});
  }
  CheckSums(r);
  return r;
}

}  // namespace

std::string SizeRecordToJson(const SizeRecord& r) {
  const Toolchain& t = r.toolchain;
  const LibraryBytes& l = r.library;
  const std::pair<const char*, ordered_json> head[] = {
      {"cropper", r.cropper},
      {"crop_id", r.crop_id},
      {"kind", r.kind},
      {"profile", r.profile},
      {"toolchain",
       {{"id", t.Id()},
        {"compiler", t.compiler},
        {"target", t.target},
        {"linker", t.linker},
        {"c_library", t.c_library},
        {"unit_flags", t.unit_flags},
        {"link_flags", t.link_flags}}},
      {"library",
       {{"path", l.path}, {"arch", l.arch}, {"sha256", l.sha256}, {"file", l.file}, {"alloc", l.alloc}, {"compressed", l.compressed}}},
      {"ram", {{"bytes", r.Ram()}, {"bookkeeping", r.Bookkeeping()}}}};
  std::string text = "{\n  \"version\": " + std::to_string(kSizeVersion);
  for (const auto& [key, value] : head) text += std::string(",\n  \"") + key + "\": " + Line(value);
  AppendList("models", r.models, ModelJson, &text);
  AppendList(
      "sections", r.sections,
      [](const SizedSection& s) {
        return ordered_json{{"name", s.name}, {"bytes", s.bytes}, {"alloc", s.alloc}, {"in_file", s.in_file}};
      },
      &text);
  AppendList(
      "parts", r.parts,
      [](const Part& p) {
        return ordered_json{{"name", p.name}, {"bytes", p.bytes}};
      },
      &text);
  AppendList("units", r.units, UnitJson, &text);
  AppendList("atoms", r.atoms, AtomJson, &text);
  return text + "\n}\n";
}

SizeRecord SizeRecordFromJson(const std::string& text, const std::string& source) {
  try {
    return Read(ordered_json::parse(text));
  } catch (const std::exception& e) {
    throw plan::InputError(source + " is no sound size.json: " + e.what() + "; `cropper crop` writes one");
  }
}

}  // namespace adze::size
