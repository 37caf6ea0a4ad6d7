// SPDX-License-Identifier: Apache-2.0
// Planting damage.
#include "cropper/prove/damage.h"

#include <cstring>
#include <random>

#include "models/schema/header.h"

namespace adze::prove {
namespace {

// False if the model is too short to have a graph.
bool FixChecksum(std::string* adze) {
  FileHeader header;
  if (adze->size() < sizeof header) return false;
  std::memcpy(&header, adze->data(), sizeof header);
  if (header.graph_offset > adze->size() || header.graph_bytes > adze->size() - header.graph_offset) return false;
  header.graph_checksum = Checksum(reinterpret_cast<const uint8_t*>(adze->data()) + header.graph_offset, header.graph_bytes);
  std::memcpy(adze->data(), &header, sizeof header);
  return true;
}

}  // namespace

std::vector<std::string> DamagedCopies(const std::string& adze, int changes) {
  std::vector<std::string> copies;
  for (const size_t n : {size_t{3}, size_t{63}, adze.size() / 2, adze.size() - 1}) copies.push_back(adze.substr(0, n));
  constexpr size_t kMagicAt = 4, kVersionAt = 8;
  for (const size_t at : {kMagicAt, kVersionAt, adze.size() / 3}) {
    copies.push_back(adze);
    copies.back()[at] = static_cast<char>(copies.back()[at] ^ 0x7f);
  }
  FileHeader header;
  std::memcpy(&header, adze.data(), sizeof header);
  std::mt19937 random(1);
  constexpr uint8_t kValues[] = {0, 1, 0x7f, 0x80, 0xff};
  for (int i = 0; i < changes && header.graph_bytes > 0; ++i) {
    copies.push_back(adze);
    copies.back()[header.graph_offset + random() % header.graph_bytes] = static_cast<char>(kValues[random() % sizeof kValues]);
    if (!FixChecksum(&copies.back())) copies.pop_back();
  }
  return copies;
}

}  // namespace adze::prove
