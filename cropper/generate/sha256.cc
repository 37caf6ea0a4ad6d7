// SPDX-License-Identifier: Apache-2.0
// SHA-256 by libmd, which every Debian carries for its package manager.
#include "cropper/generate/sha256.h"

#include <sha2.h>

namespace adze::generate {

std::array<uint8_t, 32> Sha256(const void* data, size_t bytes) {
  SHA2_CTX context;
  SHA256Init(&context);
  SHA256Update(&context, static_cast<const uint8_t*>(data), bytes);
  std::array<uint8_t, 32> out;
  static_assert(sizeof(out) == SHA256_DIGEST_LENGTH);
  SHA256Final(out.data(), &context);
  return out;
}

std::string Sha256Hex(const void* data, size_t bytes) {
  std::string text;
  for (const uint8_t b : Sha256(data, bytes)) {
    text += "0123456789abcdef"[b >> 4];
    text += "0123456789abcdef"[b & 15];
  }
  return text;
}

}  // namespace adze::generate
