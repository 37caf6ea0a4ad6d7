/* SPDX-License-Identifier: Apache-2.0 */
/* Adze: run a model with a runtime that holds only what the model needs.
 *
 * A session borrows the bytes of an .adze file, which must stay in memory, unchanged and 64-byte aligned (a mapping is), until the session
 * is destroyed. Functions return a status and never abort, throw or print. A session may be used by one thread at a time; different sessions
 * are independent, each with threads of its own: to run several at once, share the CPUs out among them or give all of them the same
 * parallel_for. After adze_session_create has returned ADZE_OK nothing but adze_resize allocates. */
#ifndef ADZE_ADZE_H_
#define ADZE_ADZE_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ADZE_API __attribute__((visibility("default")))
#else
#define ADZE_API
#endif

#define ADZE_MAX_RANK 6

typedef enum adze_status {
  ADZE_OK = 0,
  ADZE_INVALID_ARGUMENT = 1, /* the caller's mistake */
  ADZE_DAMAGED_FILE = 2,     /* the bytes are not a whole, consistent .adze */
  ADZE_NEWER_FORMAT = 3,     /* written by a newer Adze */
  ADZE_NOT_IN_CROP = 4,      /* a sound file, but this library lacks rows that it needs; the text lists all of them */
  ADZE_UNSUPPORTED_CPU = 5,  /* this CPU offers none of the library's levels */
  ADZE_OUT_OF_MEMORY = 6,
  ADZE_INTERNAL = 7
} adze_status;

typedef enum adze_dtype {
  ADZE_FLOAT32 = 0,
  ADZE_FLOAT16 = 1,
  ADZE_INT32 = 2,
  ADZE_INT64 = 3,
  ADZE_INT8 = 4,
  ADZE_UINT8 = 5,
  ADZE_BOOL = 6,
  ADZE_FLOAT64 = 7,
  ADZE_INT16 = 8,
  ADZE_UINT16 = 9,
  ADZE_UINT32 = 10,
  ADZE_UINT64 = 11,
  ADZE_BFLOAT16 = 12
} adze_dtype;

typedef struct adze_session adze_session;

/* Where error texts go. Optional everywhere: pass NULL for none. */
typedef struct adze_error {
  size_t struct_size; /* sizeof(adze_error) */
  char* text;         /* caller's buffer, may be NULL if capacity is 0; zero-terminated if capacity > 0 */
  size_t capacity;    /* bytes of `text` */
  size_t needed;      /* out: bytes of the whole text with its zero; larger than capacity: it was cut */
} adze_error;

/* A part of a kernel's work: items `begin` to `end` - 1. */
typedef void (*adze_task)(void* task_context, size_t begin, size_t end);

/* The app's own parallel loop: calls `task` with ranges that are disjoint, not empty and cover items 0 to `n` - 1, from any threads, in any
 * order and number, and returns when all calls have. `grain` items or more make a range worth a thread; n > grain, and 0 means 1. Calls come from the
 * thread that runs the session, one at a time; tasks make none. Results do not depend on how the loop splits. */
typedef void (*adze_parallel_for)(void* context, adze_task task, void* task_context, size_t n, size_t grain);

/* Fill with zeros, then set struct_size and what is wanted; zero is the default of every field. Fields are only ever added at the end:
 * a library accepts the smaller struct of an app built with an older header. */
typedef struct adze_options {
  size_t struct_size; /* sizeof(adze_options) */
  int32_t threads;    /* the most threads that run kernels, the caller's own included; 0 or 1: only the caller's. Never more than CPUs
                         that the caller may run on (see exact_threads). More than 1 needs the feature `threads` in the crop */
  const char* level;  /* name of the level to run at, e.g. "avx2"; NULL: the first of the profile that this CPU offers */
  void* (*allocate)(void* context, size_t bytes, size_t alignment); /* NULL: the C library; returns NULL on failure */
  void (*release)(void* context, void* memory);                     /* with allocate */
  void* context;
  adze_parallel_for parallel_for; /* the app's loop instead of own threads; needs no feature. `threads` must be 0 or 1 then */
  void* parallel_context;
  int32_t exact_threads; /* not 0: make as many threads as `threads` says, also where they are more than CPUs; that is slower */
  int32_t reserved;      /* 0 */
} adze_options;

typedef struct adze_tensor_info {
  const char* name; /* owned by the session's file */
  adze_dtype dtype;
  int32_t rank;                /* 0 .. ADZE_MAX_RANK */
  int32_t dims[ADZE_MAX_RANK]; /* outermost first */
  size_t bytes;                /* of a dense row-major buffer */
} adze_tensor_info;

/* One dense row-major buffer of the caller's. */
typedef struct adze_buffer {
  void* data;       /* any alignment; not written by adze_run where it is an input */
  size_t bytes;     /* must equal adze_tensor_info.bytes */
  adze_dtype dtype; /* must equal adze_tensor_info.dtype */
} adze_buffer;

/* Library version, "major.minor.patch". */
ADZE_API const char* adze_version(void);

/* Verifies `data` (`bytes` long), chooses kernels and allocates all memory a run needs. `options` and `error` may be NULL.
 * On failure *session is NULL. */
ADZE_API adze_status adze_session_create(const void* data, size_t bytes, const adze_options* options, adze_session** session,
                                         adze_error* error);

/* NULL is allowed. */
ADZE_API void adze_session_destroy(adze_session* session);

ADZE_API int32_t adze_input_count(const adze_session* session);
ADZE_API int32_t adze_output_count(const adze_session* session);

/* `index` from 0; ADZE_INVALID_ARGUMENT outside. */
ADZE_API adze_status adze_input_info(const adze_session* session, int32_t index, adze_tensor_info* info);
ADZE_API adze_status adze_output_info(const adze_session* session, int32_t index, adze_tensor_info* info);

/* Copies the inputs in, runs the model, copies the outputs out. Counts, sizes and dtypes must match exactly. */
ADZE_API adze_status adze_run(adze_session* session, const adze_buffer* inputs, int32_t n_inputs, const adze_buffer* outputs,
                              int32_t n_outputs, adze_error* error);

/* The shape of one input. */
typedef struct adze_shape {
  int32_t rank;
  int32_t dims[ADZE_MAX_RANK]; /* outermost first */
} adze_shape;

/* Gives the inputs other shapes, `n` of them, one for each input: one of the combinations that the model list declares. A session begins with the
 * first, the smallest. ADZE_INVALID_ARGUMENT for others. The session is bound anew and its arena grows where needed; on failure it keeps the
 * shapes that it had. Infos of inputs and outputs change. Only in libraries with the feature `resize`, which crops have by themselves where a model is
 * declared with more than one shape; others do not export it. */
ADZE_API adze_status adze_resize(adze_session* session, const adze_shape* shapes, int32_t n, adze_error* error);

/* Name of the level in use, e.g. "avx512". */
ADZE_API const char* adze_session_level(const adze_session* session);

/* Bytes of the arena and of the session's own bookkeeping. */
ADZE_API size_t adze_arena_bytes(const adze_session* session);
ADZE_API size_t adze_bookkeeping_bytes(const adze_session* session);

#ifdef __cplusplus
}
#endif

#endif /* ADZE_ADZE_H_ */
