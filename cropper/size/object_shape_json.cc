// SPDX-License-Identifier: Apache-2.0
// Shapes of objects as the cache keeps them.
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cropper/size/object_shape.h"

namespace adze::size {
namespace {

using nlohmann::json;

// Entries are bytes: two digits each.
std::string Hex(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) {
    text += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    text += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

std::string FromHex(const std::string& text) {
  const std::string digits = "0123456789abcdef";
  std::string bytes;
  if (text.size() % 2 != 0) throw std::runtime_error("odd number of digits");
  for (size_t i = 0; i < text.size(); i += 2) {
    const size_t high = digits.find(text[i]), low = digits.find(text[i + 1]);
    if (high == std::string::npos || low == std::string::npos) throw std::runtime_error("no digit");
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

constexpr const char* kKinds[] = {"plain", "call", "got", "got_or_not", "address"};

json ReferenceJson(const Reference& r) {
  const json target = r.section >= 0 ? json(r.section) : json(r.symbol);
  return json::array({kKinds[static_cast<int>(r.kind)], target, r.count});
}

Reference ReadReference(const json& j, size_t n_sections) {
  Reference r;
  const std::string kind = j.at(0).get<std::string>();
  size_t k = 0;
  while (k < std::size(kKinds) && kind != kKinds[k]) ++k;
  if (k == std::size(kKinds)) throw std::runtime_error("unknown kind of reference");
  r.kind = static_cast<ReferenceKind>(k);
  if (j.at(1).is_string()) {
    r.symbol = j.at(1).get<std::string>();
  } else {
    r.section = j.at(1).get<int>();
    if (r.section < 0 || static_cast<size_t>(r.section) >= n_sections) throw std::runtime_error("a reference leads nowhere");
  }
  r.count = j.at(2).get<uint64_t>();
  return r;
}

}  // namespace

json ObjectShapeToJson(const ObjectShape& shape) {
  json sections = json::array(), symbols = json::array();
  for (const ObjectSection& s : shape.sections) {
    json j = {{"name", s.name}, {"bytes", s.bytes}, {"align", s.align}};
    std::string flags;
    if (s.writable) flags += "w";
    if (s.executable) flags += "x";
    if (s.in_file) flags += "f";
    if (s.note) flags += "n";
    if (s.strings) flags += "s";
    j["flags"] = flags;
    if (!s.group.empty()) j["group"] = s.group;
    if (s.entry_bytes > 0) {
      j["entry_bytes"] = s.entry_bytes;
      j["entries"] = json::array();
      for (const std::string& e : s.entries) j["entries"].push_back(Hex(e));
    }
    if (!s.references.empty()) {
      j["references"] = json::array();
      for (const Reference& r : s.references) j["references"].push_back(ReferenceJson(r));
    }
    sections.push_back(std::move(j));
  }
  for (const ObjectSymbol& s : shape.symbols) {
    symbols.push_back(json::array({s.name, s.section, s.weak, s.exported}));
  }
  return {{"sections", sections}, {"symbols", symbols}};
}

ObjectShape ObjectShapeFromJson(const json& j) {
  ObjectShape shape;
  const json& sections = j.at("sections");
  for (const json& s : sections) {
    ObjectSection section;
    section.name = s.at("name").get<std::string>();
    section.bytes = s.at("bytes").get<uint64_t>();
    section.align = s.at("align").get<uint64_t>();
    if (section.align == 0 || (section.align & (section.align - 1)) != 0 || section.align > (1u << 20) || section.bytes > (1u << 30))
      throw std::runtime_error("no section is like that");
    const std::string flags = s.at("flags").get<std::string>();
    const auto has = [&](char c) { return flags.find(c) != std::string::npos; };
    section.writable = has('w');
    section.executable = has('x');
    section.in_file = has('f');
    section.note = has('n');
    section.strings = has('s');
    section.group = s.value("group", "");
    if (s.contains("entries")) {
      section.entry_bytes = s.at("entry_bytes").get<uint64_t>();
      for (const json& e : s.at("entries")) section.entries.push_back(FromHex(e.get<std::string>()));
    }
    if (s.contains("references")) {
      for (const json& r : s.at("references")) section.references.push_back(ReadReference(r, sections.size()));
    }
    shape.sections.push_back(std::move(section));
  }
  for (const json& s : j.at("symbols")) {
    ObjectSymbol symbol{s.at(0).get<std::string>(), s.at(1).get<int>(), s.at(2).get<bool>(), s.at(3).get<bool>()};
    if (symbol.section < 0 || static_cast<size_t>(symbol.section) >= shape.sections.size())
      throw std::runtime_error("a symbol lies nowhere");
    shape.symbols.push_back(std::move(symbol));
  }
  return shape;
}

}  // namespace adze::size
