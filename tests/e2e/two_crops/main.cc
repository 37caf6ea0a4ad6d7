// SPDX-License-Identifier: Apache-2.0
// Prints what both crops say to each model given.
#include <cstdio>

int pic_answer(const char* path);
int net_answer(const char* path);

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) std::printf("%d %d\n", pic_answer(argv[i]), net_answer(argv[i]));
}
