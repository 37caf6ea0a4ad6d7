// SPDX-License-Identifier: Apache-2.0
// Runs one of the two models, a file beside the program, on a picture of zeros.
#include <digits_models.h>
#include <adze/adze.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

int main(int, char** argv) {
  const std::string program = argv[0];
  const std::string path = program.substr(0, program.find_last_of('/') + 1) + "models/" + DIGITS_MODEL_DIGITS_CNN;
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  // A session wants its model at a 64-byte boundary.
  void* model = std::aligned_alloc(64, (bytes.size() + 63) / 64 * 64);
  bytes.copy(static_cast<char*>(model), bytes.size());

  adze_options options = adze::Options();
  options.threads = DIGITS_THREADS;
  adze::Session session;
  adze::ErrorText error;
  float picture[64] = {}, digits[10];
  adze_buffer in = adze::BufferOf(picture, 64), out = adze::BufferOf(digits, 10);
  if (session.Create(model, bytes.size(), &options, &error) != ADZE_OK || session.Run(&in, 1, &out, 1, &error) != ADZE_OK) {
    std::fprintf(stderr, "%s: %s\n", path.c_str(), error.text());
    return 1;
  }
  std::printf("%s ran at level %s: %.3f\n", DIGITS_MODEL_DIGITS_CNN, adze_session_level(session.get()), digits[0]);
  session.Destroy();
  std::free(model);
  return 0;
}
