/* SPDX-License-Identifier: Apache-2.0 */
/* All crops in one source file, each by its own names. Arguments: a model of each. Prints what each crop says to each model. */
#include <adze/adze.h>
#include <net/adze.h>
#include <pic/adze.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef adze_run
#error <adze/adze.h> is that of a prefixed crop
#endif

static void* ReadAligned(const char* path, size_t* bytes) {
  FILE* f = fopen(path, "rb");
  if (f == NULL) return NULL;
  void* data = aligned_alloc(64, 1 << 20);
  *bytes = fread(data, 1, 1 << 20, f);
  fclose(f);
  return data;
}

/* The digit that the model sees in a constant picture, or minus the status. */
#define DEFINE_ANSWER(P, U)                                                                             \
  static int P##_answer(const char* path, float fill) {                                                 \
    size_t bytes = 0;                                                                                   \
    void* file = ReadAligned(path, &bytes);                                                             \
    P##_session* session = NULL;                                                                        \
    P##_options options;                                                                                \
    memset(&options, 0, sizeof options);                                                                \
    options.struct_size = sizeof options;                                                               \
    P##_status status = P##_session_create(file, bytes, &options, &session, NULL);                      \
    float picture[64], scores[10];                                                                      \
    for (int i = 0; i < 64; ++i) picture[i] = fill * (float)i / 64;                                     \
    P##_buffer in = {picture, sizeof picture, U##_FLOAT32}, out = {scores, sizeof scores, U##_FLOAT32}; \
    if (status == U##_OK) status = P##_run(session, &in, 1, &out, 1, NULL);                             \
    P##_session_destroy(session);                                                                       \
    free(file);                                                                                         \
    if (status != U##_OK) return -(int)status;                                                          \
    int best = 0;                                                                                       \
    for (int i = 1; i < 10; ++i) best = scores[i] > scores[best] ? i : best;                            \
    return best * 1000000 + (int)(scores[best] * 1000000);                                              \
  }

DEFINE_ANSWER(pic, PIC)
DEFINE_ANSWER(net, NET)
DEFINE_ANSWER(adze, ADZE)

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) printf("%d %d %d\n", pic_answer(argv[i], 1), net_answer(argv[i], 1), adze_answer(argv[i], 1));
  return 0;
}
