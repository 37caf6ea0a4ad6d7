// SPDX-License-Identifier: Apache-2.0
// SHA-1 by libmd.
#include "cropper/generate/sha1.h"

#include <sys/types.h>
// Behind sys/types.h, whose names it uses.
#include <sha1.h>

namespace adze::generate {

std::string Sha1Hex(const std::string& bytes) {
  SHA1_CTX context;
  SHA1Init(&context);
  SHA1Update(&context, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  char text[SHA1_DIGEST_STRING_LENGTH];
  return SHA1End(&context, text);
}

}  // namespace adze::generate
