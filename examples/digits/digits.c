/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a picture of a handwritten digit (8 x 8, plain PGM) and says which one it is.
 *
 *   digits MODEL.adze PICTURE.pgm                                                        */
#include <adze/adze.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { kSide = 8, kPixels = kSide * kSide, kDigits = 10 };

/* Returns the file's bytes at a 64-byte boundary, as a session wants them, or NULL. */
static void* ReadModel(const char* path, size_t* bytes) {
  FILE* f = fopen(path, "rb");
  void* data = NULL;
  if (f == NULL) return NULL;
  fseek(f, 0, SEEK_END);
  const long size = ftell(f);
  rewind(f);
  if (size > 0 && posix_memalign(&data, 64, (size_t)size) == 0 && fread(data, 1, (size_t)size, f) != (size_t)size) {
    free(data);
    data = NULL;
  }
  fclose(f);
  *bytes = size > 0 ? (size_t)size : 0;
  return data;
}

/* Plain PGM: "P2", comments, width, height, maximum, values. Writes 0 (white) to 1 (black). */
static int ReadPicture(const char* path, float* pixels) {
  FILE* f = fopen(path, "r");
  int header[3], n = 0, ok = 0;
  char word[64];
  if (f == NULL) return 0;
  if (fscanf(f, "%63s", word) == 1 && strcmp(word, "P2") == 0) {
    while (n < 3 + kPixels && fscanf(f, "%63s", word) == 1) {
      if (word[0] == '#') {
        int c;
        while ((c = fgetc(f)) != '\n' && c != EOF) continue;
      } else if (n < 3) {
        header[n++] = atoi(word);
      } else {
        pixels[n++ - 3] = (float)atoi(word) / (float)header[2];
      }
    }
    ok = n == 3 + kPixels && header[0] == kSide && header[1] == kSide && header[2] > 0;
  }
  fclose(f);
  return ok;
}

static void Show(const float* pixels) {
  for (int y = 0; y < kSide; ++y) {
    fputs("    ", stdout);
    for (int x = 0; x < kSide; ++x) {
      const char shade = " .:-=+*#@"[(int)(pixels[y * kSide + x] * 8 + 0.5f)];
      putchar(shade);
      putchar(shade);
    }
    putchar('\n');
  }
}

int main(int argc, char** argv) {
  float pixels[kPixels], digits[kDigits];
  size_t bytes = 0;
  if (argc != 3) {
    fputs("usage: digits MODEL.adze PICTURE.pgm\n", stderr);
    return 2;
  }
  if (!ReadPicture(argv[2], pixels)) {
    fprintf(stderr, "%s: not a plain PGM picture (P2) of 8 x 8 pixels\n", argv[2]);
    return 3;
  }
  void* model = ReadModel(argv[1], &bytes);
  if (model == NULL) {
    fprintf(stderr, "%s: cannot be read\n", argv[1]);
    return 3;
  }

  char text[512];
  adze_error error = {sizeof(error), text, sizeof(text), 0};
  adze_session* session = NULL;
  if (adze_session_create(model, bytes, NULL, &session, &error) != ADZE_OK) {
    fprintf(stderr, "%s: %s\n", argv[1], text);
    free(model);
    return 3;
  }
  const adze_buffer in = {pixels, sizeof(pixels), ADZE_FLOAT32};
  const adze_buffer out = {digits, sizeof(digits), ADZE_FLOAT32};
  const adze_status status = adze_run(session, &in, 1, &out, 1, &error);
  if (status == ADZE_OK) {
    int best = 0;
    for (int i = 1; i < kDigits; ++i) {
      if (digits[i] > digits[best]) best = i;
    }
    Show(pixels);
    printf("This is a %d (%.1f %% sure, at level %s).\n", best, 100.0 * digits[best], adze_session_level(session));
  } else {
    fprintf(stderr, "%s: %s\n", argv[1], text);
  }
  adze_session_destroy(session);
  free(model);
  return status == ADZE_OK ? 0 : 1;
}
