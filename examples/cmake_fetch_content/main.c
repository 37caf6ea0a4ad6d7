/* SPDX-License-Identifier: Apache-2.0 */
/* Opens the model that the build has made and says what it is. */
#include <adze/adze.h>
#include <face_models.h>
#include <stdio.h>

int main(void) {
  adze_session* session = NULL;
  if (adze_session_create(face_model_face, face_bytes_of_face, NULL, &session, NULL) != ADZE_OK) return 1;
  printf("face: %zu bytes, level %s\n", face_bytes_of_face, adze_session_level(session));
  adze_session_destroy(session);
  return 0;
}
