// SPDX-License-Identifier: Apache-2.0
// The fixed header of an .adze file: 64 bytes, little endian. Then the graph section (FlatBuffers, adze.fbs), then the blob section. Both
// start at multiples of 64. A file for several shapes of a model's inputs begins with a header for each, which have the blob section in common;
// a reader that knows of one only reads the first. Offsets count from the header that they stand in: from there on it is a file like any other.
#pragma once

#include <cstddef>
#include <cstdint>

namespace adze {

inline constexpr uint16_t kFormatMajor = 1;  // a reader refuses a larger one
inline constexpr uint16_t kFormatMinor = 1;  // additions that an older reader may ignore
inline constexpr size_t kBlobAlignment = 64;
inline constexpr uint32_t kMaxGraphs = 64;

struct FileHeader {
  uint32_t header_bytes;  // 64
  char identifier[4];     // "ADZE"
  uint16_t major, minor;
  uint32_t more_graphs;                // headers behind this one
  uint64_t graph_offset, graph_bytes;  // from this header on; graph_bytes: a multiple of 8, padded with zeros
  uint64_t blob_offset, blob_bytes;
  uint64_t graph_checksum;  // Checksum(graph section)
  uint64_t reserved2;       // 0
};
static_assert(sizeof(FileHeader) == 64, "the header is part of the format");

// FNV-1a over 8-byte little-endian words; `bytes` is a multiple of 8 in every sound file. A guard against damage, not against an attacker (the verifier is).
inline uint64_t Checksum(const uint8_t* data, size_t bytes) {
  uint64_t h = 0xcbf29ce484222325u;
  for (; bytes >= 8; bytes -= 8, data += 8) {
    uint64_t word;
    __builtin_memcpy(&word, data, 8);
    h = (h ^ word) * 0x100000001b3u;
  }
  return h;
}

}  // namespace adze
