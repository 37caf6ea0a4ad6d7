// SPDX-License-Identifier: Apache-2.0
// Reading the part of the map behind "Linker script and memory map".
#include "cropper/size/link_map.h"

#include <sstream>

namespace adze::size {
namespace {

bool TakeHex(std::istringstream& s, uint64_t* v) {
  std::string word;
  if (!(s >> word) || word.compare(0, 2, "0x") != 0) return false;
  size_t used = 0;
  try {
    *v = std::stoull(word.substr(2), &used, 16);
  } catch (const std::exception&) {
    return false;
  }
  return used == word.size() - 2;
}

// "0x<address> 0x<size> <object>" behind an input section's name.
bool TakePlace(const std::string& text, Placement* p) {
  std::istringstream s(text);
  if (!TakeHex(s, &p->address) || !TakeHex(s, &p->bytes)) return false;
  s >> std::ws;
  std::getline(s, p->object);
  return !p->object.empty();
}

}  // namespace

std::vector<Placement> ParseLinkMap(const std::string& text) {
  std::vector<Placement> placements;
  std::istringstream lines(text);
  std::string line, pending;
  bool in_map = false;
  while (std::getline(lines, line)) {
    if (line.compare(0, 28, "Linker script and memory map") == 0) in_map = true;
    if (!in_map) continue;
    // A name too long for its column stands alone; its numbers follow on the next line.
    if (!pending.empty()) {
      Placement p;
      p.section = pending;
      pending.clear();
      if (TakePlace(line, &p) && p.bytes > 0) placements.push_back(p);
      continue;
    }
    if (line.size() < 2 || line[0] != ' ' || (line[1] != '.' && line.compare(1, 6, "COMMON") != 0)) continue;
    const size_t name_end = line.find(' ', 1);
    if (name_end == std::string::npos) {
      pending = line.substr(1);
      continue;
    }
    Placement p;
    p.section = line.substr(1, name_end - 1);
    if (TakePlace(line.substr(name_end), &p) && p.bytes > 0) placements.push_back(p);
  }
  return placements;
}

}  // namespace adze::size
