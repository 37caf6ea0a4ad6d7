// SPDX-License-Identifier: Apache-2.0
// adze-run: runs one .adze model with the runtime it is linked to. Linked to the objects rather than the shared library, so that
// --trace can name the rows a session has chosen; the library itself holds no trace code.
#include <fcntl.h>
#include <getopt.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "adze/adze.hpp"
#include "runtime/session/manifest.h"
#include "runtime/session/session.h"
#include "runtime/tools/half.h"
#include "runtime/tools/layers.h"
#include "runtime/tools/npy.h"
#include "runtime/tools/shapes.h"

namespace adze::tools {
namespace {

constexpr int kOk = 0, kInternal = 1, kUsage = 2, kBadInput = 3, kCheckFailed = 4;

constexpr char kHelp[] =
    "usage: adze-run F.adze [options]\n"
    "\n"
    "Runs a model and prints a summary of each output.\n"
    "\n"
    "  -i, --input FILE      .npy, or raw little-endian elements in any other file; once per model input, in order, or NAME=FILE.\n"
    "                        Without any --input, inputs are filled with a pattern (below)\n"
    "  -o, --output-dir DIR  write output 0, 1, ... as DIR/output_0.npy, DIR/output_1.npy, ... (made if missing)\n"
    "      --save-inputs     write the inputs there too: input_0.npy, ...\n"
    "      --shape SHAPE     the shape of an input, 1,3,224,224 in order or NAME=1,3,224,224: one of those that the model list declares\n"
    "  -t, --threads N       threads that run kernels (default 1), also if they are more than CPUs\n"
    "  -r, --repeat N        run N times and print the median time, and the shortest\n"
    "      --layers FILE     also time each node in N further passes and write JSON: op, shapes, rows, multiply-adds, bytes, times.\n"
    "                        '-': to stdout\n"
    "      --level LEVEL     run at this level, e.g. scalar; default: the best this CPU offers\n"
    "      --trace FILE      write one line a node: index, op, node, kernel row, micro-kernel rows; tabs between. '-': to stdout\n"
    "      --list            print the model's inputs and outputs and run nothing\n"
    "      --seed N --lo X --hi X\n"
    "                        the pattern, for element after element of input after input, from x = seed (default 1):\n"
    "                        x = (1664525 x + 1013904223) mod 2^32, u = floor(x / 256) / 2^24;\n"
    "                        floats are lo + (hi - lo) u (default 0 to 1; float16 rounded to nearest even), bool is u >= 0.5,\n"
    "                        int8 and uint8 are the top byte of x, int32 and int64 are floor(8 u)\n"
    "  -h, --help            this text\n"
    "\n"
    "exit codes: 0 done, 1 internal error, 2 wrong usage, 3 bad input, 4 refused: the model, level or CPU does not fit this library\n"
    "example: adze-run mobilenet.adze --input cat.npy --output-dir out --threads 2\n";

// Ends the program with a message and an exit code.
struct Exit : std::runtime_error {
  Exit(int exit_code, const std::string& message) : std::runtime_error(message), code(exit_code) {}
  int code;
};

struct Arguments {
  std::string model, output_dir, level, trace, layers;
  std::vector<std::string> inputs, shapes;
  int threads = 1, repeat = 1;
  bool list = false, save_inputs = false, help = false;
  uint32_t seed = 1;
  float lo = 0, hi = 1;
};

long ParseInteger(const char* option, const char* text, long min, long max) {
  char* end = nullptr;
  errno = 0;
  const long value = std::strtol(text, &end, 10);
  if (*text == 0 || *end != 0 || errno != 0 || value < min || value > max) {
    throw Exit(kUsage, std::string(option) + ": '" + text + "' is not a number from " + std::to_string(min) + " to " + std::to_string(max));
  }
  return value;
}

float ParseFloat(const char* option, const char* text) {
  char* end = nullptr;
  const float value = std::strtof(text, &end);
  if (*text == 0 || *end != 0) throw Exit(kUsage, std::string(option) + ": '" + text + "' is not a number");
  return value;
}

Arguments ParseArguments(int argc, char** argv) {
  enum { kLevel = 256, kTrace, kList, kSeed, kLo, kHi, kSaveInputs, kLayers, kShape };
  static const option kOptions[] = {{"input", required_argument, nullptr, 'i'},
                                    {"output-dir", required_argument, nullptr, 'o'},
                                    {"threads", required_argument, nullptr, 't'},
                                    {"repeat", required_argument, nullptr, 'r'},
                                    {"level", required_argument, nullptr, kLevel},
                                    {"trace", required_argument, nullptr, kTrace},
                                    {"layers", required_argument, nullptr, kLayers},
                                    {"shape", required_argument, nullptr, kShape},
                                    {"list", no_argument, nullptr, kList},
                                    {"seed", required_argument, nullptr, kSeed},
                                    {"lo", required_argument, nullptr, kLo},
                                    {"hi", required_argument, nullptr, kHi},
                                    {"save-inputs", no_argument, nullptr, kSaveInputs},
                                    {"help", no_argument, nullptr, 'h'},
                                    {nullptr, 0, nullptr, 0}};
  Arguments a;
  int c;
  while ((c = getopt_long(argc, argv, "i:o:t:r:h", kOptions, nullptr)) != -1) {
    switch (c) {
      case 'i': a.inputs.emplace_back(optarg); break;
      case 'o': a.output_dir = optarg; break;
      case 't': a.threads = static_cast<int>(ParseInteger("--threads", optarg, 1, 256)); break;
      case 'r': a.repeat = static_cast<int>(ParseInteger("--repeat", optarg, 1, 1000000)); break;
      case kLevel: a.level = optarg; break;
      case kTrace: a.trace = optarg; break;
      case kLayers: a.layers = optarg; break;
      case kShape: a.shapes.emplace_back(optarg); break;
      case kList: a.list = true; break;
      case kSeed: a.seed = static_cast<uint32_t>(ParseInteger("--seed", optarg, 0, 0xffffffffL)); break;
      case kLo: a.lo = ParseFloat("--lo", optarg); break;
      case kHi: a.hi = ParseFloat("--hi", optarg); break;
      case kSaveInputs: a.save_inputs = true; break;
      case 'h': a.help = true; return a;
      default: throw Exit(kUsage, "see adze-run --help");
    }
  }
  if (optind + 1 != argc) throw Exit(kUsage, "exactly one model is wanted; see adze-run --help");
  a.model = argv[optind];
  if (a.save_inputs && a.output_dir.empty()) throw Exit(kUsage, "--save-inputs needs --output-dir");
  return a;
}

// A file mapped for reading; pages are 64-byte aligned.
class Mapping {
 public:
  explicit Mapping(const std::string& path) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat info = {};
    if (fd < 0 || fstat(fd, &info) != 0) {
      const int error = errno;
      if (fd >= 0) close(fd);
      throw Exit(kBadInput, path + ": " + std::strerror(error));
    }
    size_ = static_cast<size_t>(info.st_size);
    const bool regular = S_ISREG(info.st_mode);
    if (regular && size_ > 0) data_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (!regular) throw Exit(kBadInput, path + ": not a regular file");
    if (data_ == MAP_FAILED || size_ == 0) throw Exit(kBadInput, path + (size_ == 0 ? ": the file is empty" : ": cannot be mapped"));
  }
  ~Mapping() {
    if (data_ != nullptr && data_ != MAP_FAILED) munmap(data_, size_);
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  const void* data() const { return data_; }
  size_t size() const { return size_; }

 private:
  void* data_ = nullptr;
  size_t size_ = 0;
};

int ExitCodeOf(adze_status status) {
  if (status == ADZE_NOT_IN_CROP || status == ADZE_UNSUPPORTED_CPU) return kCheckFailed;
  if (status == ADZE_INVALID_ARGUMENT) return kUsage;
  return status == ADZE_DAMAGED_FILE || status == ADZE_NEWER_FORMAT ? kBadInput : kInternal;
}

// A text of any length: the list of missing rows may be long.
class LongText {
 public:
  LongText() : buffer_(1 << 16) { error_ = {sizeof(adze_error), buffer_.data(), buffer_.size(), 0}; }
  adze_error* get() { return &error_; }
  const char* text() const { return buffer_.data(); }
  // Makes room for a text that did not fit; false if it did.
  bool Grow() {
    if (error_.needed <= error_.capacity) return false;
    buffer_.resize(error_.needed);
    error_ = {sizeof(adze_error), buffer_.data(), buffer_.size(), 0};
    return true;
  }

 private:
  std::vector<char> buffer_;
  adze_error error_;
};

class Handle {
 public:
  Handle(const Mapping& file, const Arguments& a) {
    adze_options options = Options();
    options.threads = a.threads;
    options.exact_threads = 1;  // who names a number here means it
    options.level = a.level.empty() ? nullptr : a.level.c_str();
    LongText error;
    adze_status status;
    do {
      status = adze_session_create(file.data(), file.size(), &options, &session_, error.get());
    } while (status != ADZE_OK && error.Grow());
    if (status != ADZE_OK) throw Exit(ExitCodeOf(status), a.model + ": " + error.text());
    if (!a.shapes.empty()) TakeShapes(a);
  }
  ~Handle() { adze_session_destroy(session_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  adze_session* get() const { return session_; }

 private:
  void TakeShapes(const Arguments& a) {
    LongText error;
    const adze_status status = Resize(session_, ShapesOf(session_, a.shapes), error.get());
    if (status == ADZE_OK) return;
    adze_session_destroy(session_);
    throw Exit(ExitCodeOf(status), a.model + ": " + error.text());
  }

  adze_session* session_ = nullptr;
};

struct Port {
  std::string name;
  Array array;
};

std::vector<Port> PortsOf(const adze_session* session, bool inputs) {
  std::vector<Port> ports;
  const int32_t n = inputs ? adze_input_count(session) : adze_output_count(session);
  for (int32_t i = 0; i < n; ++i) {
    adze_tensor_info info;
    (void)(inputs ? adze_input_info(session, i, &info) : adze_output_info(session, i, &info));
    Port port;
    port.name = info.name;
    port.array.dtype = info.dtype;
    port.array.dims.assign(info.dims, info.dims + info.rank);
    port.array.data.resize(info.bytes);
    ports.push_back(std::move(port));
  }
  return ports;
}

std::string Describe(const Port& p) { return "'" + p.name + "' " + DTypeText(p.array.dtype) + " " + DimsText(p.array.dims); }

void LoadInput(const std::string& path, size_t index, Port* port) {
  const std::string where = "input " + std::to_string(index) + " " + Describe(*port);
  if (path.size() < 4 || path.compare(path.size() - 4, 4, ".npy") != 0) {
    std::vector<uint8_t> raw = ReadBytes(path);
    if (raw.size() != port->array.data.size()) {
      throw Exit(kBadInput,
                 path + ": " + std::to_string(raw.size()) + " bytes, " + where + " wants " + std::to_string(port->array.data.size()));
    }
    port->array.data = std::move(raw);
    return;
  }
  Array array = ReadNpy(path);
  if (array.dtype != port->array.dtype || array.dims != port->array.dims) {
    throw Exit(kBadInput, path + ": is " + DTypeText(array.dtype) + " " + DimsText(array.dims) + ", but " + where +
                              " is wanted; convert with a.astype and a.reshape");
  }
  port->array = std::move(array);
}

void LoadInputs(const Arguments& a, std::vector<Port>* ports) {
  std::vector<bool> given(ports->size());
  size_t next = 0;
  for (const std::string& argument : a.inputs) {
    size_t index = ports->size();
    std::string path = argument;
    for (size_t i = 0; i < ports->size(); ++i) {
      const std::string prefix = (*ports)[i].name + "=";
      if (prefix.size() > 1 && argument.compare(0, prefix.size(), prefix) == 0) {
        index = i;
        path = argument.substr(prefix.size());
      }
    }
    if (index == ports->size()) index = next++;
    if (index >= ports->size() || given[index]) throw Exit(kUsage, "--input " + argument + ": the model has no input left for it");
    given[index] = true;
    LoadInput(path, index, &(*ports)[index]);
  }
  for (size_t i = 0; i < ports->size(); ++i) {
    if (!given[i]) throw Exit(kUsage, "no --input for input " + std::to_string(i) + " " + Describe((*ports)[i]));
  }
}

template <typename T>
void Store(Array* array, size_t i, T value) {
  std::memcpy(array->data.data() + i * sizeof(T), &value, sizeof(T));
}

void FillPattern(const Arguments& a, std::vector<Port>* ports) {
  uint32_t x = a.seed;
  for (Port& port : *ports) {
    Array& array = port.array;
    const size_t n = array.data.size() / DTypeSize(array.dtype);
    for (size_t i = 0; i < n; ++i) {
      x = 1664525u * x + 1013904223u;
      const float u = static_cast<float>(x >> 8) / 16777216.0f;
      const float real = a.lo + (a.hi - a.lo) * u;
      switch (array.dtype) {
        case ADZE_FLOAT32: Store(&array, i, real); break;
        case ADZE_FLOAT16: Store(&array, i, HalfOfFloat(real)); break;
        case ADZE_INT32: Store(&array, i, static_cast<int32_t>(x >> 29)); break;
        case ADZE_INT64: Store(&array, i, static_cast<int64_t>(x >> 29)); break;
        case ADZE_INT8:
        case ADZE_UINT8: Store(&array, i, static_cast<uint8_t>(x >> 24)); break;
        case ADZE_BOOL: Store(&array, i, static_cast<uint8_t>(x >> 31)); break;
        case ADZE_FLOAT64: Store(&array, i, static_cast<double>(real)); break;
        case ADZE_INT16:
        case ADZE_UINT16: Store(&array, i, static_cast<uint16_t>(x >> 29)); break;
        case ADZE_UINT32: Store(&array, i, x >> 29); break;
        case ADZE_UINT64: Store(&array, i, static_cast<uint64_t>(x >> 29)); break;
        case ADZE_BFLOAT16: Store(&array, i, static_cast<uint16_t>(BitsOf(real) >> 16)); break;
      }
    }
  }
}

double ElementOf(const Array& array, size_t i) {
  const uint8_t* p = array.data.data() + i * DTypeSize(array.dtype);
  const auto load = [p](auto value) {
    std::memcpy(&value, p, sizeof(value));
    return value;
  };
  switch (array.dtype) {
    case ADZE_FLOAT32: return static_cast<double>(load(float{}));
    case ADZE_FLOAT16: return static_cast<double>(FloatOfHalf(load(uint16_t{})));
    case ADZE_INT32: return load(int32_t{});
    case ADZE_INT64: return static_cast<double>(load(int64_t{}));
    case ADZE_INT8: return load(int8_t{});
    case ADZE_FLOAT64: return load(double{});
    case ADZE_INT16: return load(int16_t{});
    case ADZE_UINT16: return load(uint16_t{});
    case ADZE_UINT32: return load(uint32_t{});
    case ADZE_UINT64: return static_cast<double>(load(uint64_t{}));
    case ADZE_BFLOAT16: return static_cast<double>(FloatOfBits(static_cast<uint32_t>(load(uint16_t{})) << 16));
    default: return *p;
  }
}

// One line with the range; for vectors of 5 or more also the five largest, in descending order.
void Summarize(size_t index, const Port& port) {
  const Array& array = port.array;
  const size_t n = array.data.size() / DTypeSize(array.dtype);
  std::printf("output %zu %s", index, Describe(port).c_str());
  if (n == 0) {
    std::printf("\n");
    return;
  }
  double min = ElementOf(array, 0), max = min, sum = 0;
  for (size_t i = 0; i < n; ++i) {
    const double v = ElementOf(array, i);
    min = std::min(min, v);
    max = std::max(max, v);
    sum += v;
  }
  std::printf(" min %.7g max %.7g mean %.7g\n", min, max, sum / static_cast<double>(n));
  const bool vector = !array.dims.empty() && static_cast<size_t>(array.dims.back()) == n && n >= 5;
  if (!vector) return;
  std::vector<size_t> order(n);
  std::iota(order.begin(), order.end(), size_t{0});
  // NaN last; equal values by index.
  const auto before = [&](size_t a, size_t b) {
    const double x = ElementOf(array, a), y = ElementOf(array, b);
    if (x != x || y != y) return x == x && y != y;
    return x > y || (x == y && a < b);
  };
  std::partial_sort(order.begin(), order.begin() + 5, order.end(), before);
  std::printf("  top 5:");
  for (size_t k = 0; k < 5; ++k) std::printf(" %zu: %.6g%s", order[k], ElementOf(array, order[k]), k == 4 ? "\n" : ",");
}

std::string NameOfRow(int32_t row) {
  const Text name = RowName(ManifestTable(), row);
  return std::string(name.data, name.size);
}

// '-' is stdout.
void WriteText(const std::string& path, const std::string& text) {
  if (path == "-") {
    std::fputs(text.c_str(), stdout);
    return;
  }
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw Exit(kBadInput, path + ": cannot be written: " + std::strerror(errno));
}

void WriteTrace(const adze_session& session, const std::string& path) {
  std::string text;
  for (uint32_t i = 0; i < session.model.n_nodes; ++i) {
    format::StoredNode node;
    session.model.node(i, &node);
    const BoundNode& bound = session.nodes[i];
    text += std::to_string(i) + '\t' + node.op + '\t' + node.name + '\t' + NameOfRow(bound.kernel_row);
    for (int32_t row : bound.ukernel_rows) {
      if (row >= 0) text += '\t' + NameOfRow(row);
    }
    text += '\n';
  }
  WriteText(path, text);
}

void WriteLayers(const Arguments& a, const adze_session& session, const std::vector<Port>& inputs) {
  WriteText(a.layers, TimeLayers(session, a.repeat, [&] {
              for (size_t i = 0; i < inputs.size(); ++i) {
                const std::vector<uint8_t>& data = inputs[i].array.data;
                if (!data.empty()) std::memcpy(session.tensors[session.model.inputs[i]].data, data.data(), data.size());
              }
            }));
}

void List(const adze_session* session) {
  std::printf("model '%s', level %s, arena %zu bytes, bookkeeping %zu bytes\n", session->model.name(), adze_session_level(session),
              adze_arena_bytes(session), adze_bookkeeping_bytes(session));
  for (const bool inputs : {true, false}) {
    const std::vector<Port> ports = PortsOf(session, inputs);
    for (size_t i = 0; i < ports.size(); ++i) std::printf("%s %zu %s\n", inputs ? "input" : "output", i, Describe(ports[i]).c_str());
  }
}

void RunModel(const Arguments& a, adze_session* session, std::vector<Port>* inputs, std::vector<Port>* outputs) {
  const auto buffers = [](std::vector<Port>* ports) {
    std::vector<adze_buffer> b;
    for (Port& p : *ports) b.push_back({p.array.data.data(), p.array.data.size(), p.array.dtype});
    return b;
  };
  const std::vector<adze_buffer> in = buffers(inputs), out = buffers(outputs);
  std::vector<double> times;
  for (int k = 0; k < a.repeat; ++k) {
    LongText error;
    const auto start = std::chrono::steady_clock::now();
    const adze_status status =
        adze_run(session, in.data(), static_cast<int32_t>(in.size()), out.data(), static_cast<int32_t>(out.size()), error.get());
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    if (status != ADZE_OK) throw Exit(ExitCodeOf(status), a.model + ": " + error.text());
  }
  if (a.repeat == 1) return;
  std::sort(times.begin(), times.end());
  std::printf("median %.3f ms of %d runs, level %s, %d threads, min %.3f ms\n", times[times.size() / 2], a.repeat,
              adze_session_level(session), a.threads, times.front());
}

void WritePorts(const std::string& dir, const char* kind, const std::vector<Port>& ports) {
  if (mkdir(dir.c_str(), 0777) != 0 && errno != EEXIST) throw Exit(kBadInput, dir + ": cannot be made: " + std::strerror(errno));
  for (size_t i = 0; i < ports.size(); ++i) WriteNpy(dir + "/" + kind + "_" + std::to_string(i) + ".npy", ports[i].array);
}

int Main(int argc, char** argv) {
  const Arguments a = ParseArguments(argc, argv);
  if (a.help) {
    std::fputs(kHelp, stdout);
    return kOk;
  }
  const Mapping file(a.model);
  const Handle session(file, a);
  if (!a.trace.empty()) WriteTrace(*session.get(), a.trace);
  if (a.list) {
    List(session.get());
    return kOk;
  }
  std::vector<Port> inputs = PortsOf(session.get(), true), outputs = PortsOf(session.get(), false);
  if (a.inputs.empty()) {
    FillPattern(a, &inputs);
  } else {
    LoadInputs(a, &inputs);
  }
  RunModel(a, session.get(), &inputs, &outputs);
  if (!a.layers.empty()) WriteLayers(a, *session.get(), inputs);
  for (size_t i = 0; i < outputs.size(); ++i) Summarize(i, outputs[i]);
  if (a.save_inputs) WritePorts(a.output_dir, "input", inputs);
  if (!a.output_dir.empty()) WritePorts(a.output_dir, "output", outputs);
  return kOk;
}

}  // namespace
}  // namespace adze::tools

int main(int argc, char** argv) {
  try {
    return adze::tools::Main(argc, argv);
  } catch (const adze::tools::Exit& e) {
    std::fprintf(stderr, "adze-run: %s\n", e.what());
    return e.code;
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "adze-run: out of memory\n");
    return 1;
  } catch (const std::exception& e) {
    // Files that cannot be read or written.
    std::fprintf(stderr, "adze-run: %s\n", e.what());
    return 3;
  }
}
