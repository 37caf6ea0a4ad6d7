/* SPDX-License-Identifier: Apache-2.0 */
/* Opens every model in the program where it lies and says what it takes. */
#include <adze/adze.h>
#include <digits_models.h>
#include <stdio.h>

int main(void) {
  for (int i = 0; i < DIGITS_MODELS_COUNT; ++i) {
    const struct digits_embedded_model* model = &digits_models[i];
    char text[512];
    adze_error error = {sizeof(error), text, sizeof(text), 0};
    adze_session* session = NULL;
    if (adze_session_create(model->data, model->bytes, NULL, &session, &error) != ADZE_OK) {
      fprintf(stderr, "%s: %s\n", model->name, text);
      return 1;
    }
    adze_tensor_info input;
    adze_input_info(session, 0, &input);
    printf("%s: %zu bytes, input %s of %zu bytes, memory %zu bytes, level %s\n", model->name, model->bytes, input.name, input.bytes,
           adze_arena_bytes(session) + adze_bookkeeping_bytes(session), adze_session_level(session));
    adze_session_destroy(session);
  }
  return 0;
}
