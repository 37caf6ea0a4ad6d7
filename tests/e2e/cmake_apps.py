# SPDX-License-Identifier: Apache-2.0
"""Outside projects for the tests of adze_add_runtime(): written, configured, built, and asked what a build did."""
import pathlib
import re
import shutil
import subprocess

from crops import CROPPER, ROOT, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
BUILD = pathlib.Path(CROPPER).resolve().parents[1]
ARM_TOOLCHAIN = ROOT / "cmake/aarch64-linux-gnu.cmake"
QEMU = ["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"]

HEAD = "cmake_minimum_required(VERSION 3.25)\nproject(app LANGUAGES C CXX)\n"
ADD = f"add_subdirectory({ROOT} adze)\n"


class App:
    """A project in `folder`/src, built in `folder`/b."""

    def __init__(self, folder, generator="Ninja"):
        self.src, self.build_dir, self.generator = folder / "src", folder / "b", generator
        self.src.mkdir(parents=True, exist_ok=True)

    def write(self, **files):
        """name__ext=text; `cmake` is CMakeLists.txt."""
        for name, text in files.items():
            (self.src / ("CMakeLists.txt" if name == "cmake" else name.replace("__", "."))).write_text(text)
        return self

    def configure(self, *arguments, source=None, cropper=True, expect=0):
        given = [f"-DADZE_CROPPER={CROPPER}"] if cropper else []
        return run("cmake", "-G", self.generator, "-S", source or self.src, "-B", self.build_dir, *given, *arguments, expect=expect)

    def build(self, *arguments, expect=0):
        """What the build did, as text."""
        argv = ["cmake", "--build", self.build_dir, "-j2", *arguments]
        done = subprocess.run([str(a) for a in argv], capture_output=True, text=True)
        assert (done.returncode == 0) == (expect == 0), done.stdout[-4000:] + done.stderr[-4000:]
        return done.stdout + done.stderr

    def compiled(self, text):
        """The sources whose objects a build made."""
        return re.findall(r"Building \w+ object .*?([\w.]+)\.o\b", text)

    def idle(self):
        text = self.build()
        assert not re.search(r"Building|Linking|Cropping|Re-running|Configuring", text), text
        assert self.generator == "Unix Makefiles" or "no work to do" in text, text

    def program(self, name="app"):
        (path,) = [p for p in self.build_dir.rglob(name) if p.is_file() and p.stat().st_mode & 0o111]
        return path

    def run(self, *arguments, emulator=()):
        return run(*emulator, self.program(), *arguments).stdout


def later(path, source=None):
    """Gives `path` other contents, or only a time that is newer than any build's."""
    if source is not None:
        shutil.copyfile(source, path)
    path.touch()


# Opens every embedded model where it lies, counting what the session asks memory for.
IN_PLACE = """
#include <adze/adze.h>
#include <rt_models.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
static size_t taken;
static void* Take(void* context, size_t bytes, size_t alignment) {
  void* memory = NULL;
  (void)context;
  taken += bytes;
  return posix_memalign(&memory, alignment < sizeof(void*) ? sizeof(void*) : alignment, bytes) == 0 ? memory : NULL;
}
static void Give(void* context, void* memory) { (void)context; free(memory); }
int main(void) {
  for (int i = 0; i < RT_MODELS_COUNT; ++i) {
    const struct rt_embedded_model* m = &rt_models[i];
    adze_options options = {0};
    adze_session* session = NULL;
    char text[512];
    adze_error error = {sizeof(error), text, sizeof(text), 0};
    options.struct_size = sizeof(options);
    options.allocate = Take;
    options.release = Give;
    taken = 0;
    if (adze_session_create(m->data, m->bytes, &options, &session, &error) != ADZE_OK) return fprintf(stderr, "%s: %s\\n", m->name, text), 1;
    const size_t own = adze_arena_bytes(session) + adze_bookkeeping_bytes(session);
    printf("%s %zu %d %zu %zu %s\\n", m->name, m->bytes, (int)((uintptr_t)m->data % 64), taken, own, adze_session_level(session));
    adze_session_destroy(session);
  }
  return 0;
}
"""
