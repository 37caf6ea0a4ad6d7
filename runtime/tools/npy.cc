// SPDX-License-Identifier: Apache-2.0
// NumPy files. The header is a Python dict of three known keys; anything else in it is an error.
#include "runtime/tools/npy.h"

#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace adze::tools {
namespace {

struct TypeName {
  adze_dtype dtype;
  const char* text;
  const char* npy;
  size_t bytes;
};

constexpr TypeName kTypes[] = {
    {ADZE_FLOAT32, "float32", "<f4", 4},   {ADZE_FLOAT16, "float16", "<f2", 2}, {ADZE_INT32, "int32", "<i4", 4},
    {ADZE_INT64, "int64", "<i8", 8},       {ADZE_INT8, "int8", "|i1", 1},       {ADZE_UINT8, "uint8", "|u1", 1},
    {ADZE_BOOL, "bool", "|b1", 1},         {ADZE_FLOAT64, "float64", "<f8", 8}, {ADZE_INT16, "int16", "<i2", 2},
    {ADZE_UINT16, "uint16", "<u2", 2},     {ADZE_UINT32, "uint32", "<u4", 4},   {ADZE_UINT64, "uint64", "<u8", 8},
    {ADZE_BFLOAT16, "bfloat16", "|V2", 2},  // NumPy has no name for it
};

const TypeName& TypeOf(adze_dtype dtype) {
  for (const TypeName& t : kTypes) {
    if (t.dtype == dtype) return t;
  }
  throw std::runtime_error("unknown element type " + std::to_string(dtype));
}

// The dict in a .npy header, read character by character.
class HeaderParser {
 public:
  HeaderParser(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {}

  void Parse(Array* array) {
    Expect('{');
    while (Peek() != '}') {
      const std::string key = Quoted();
      Expect(':');
      if (key == "descr") {
        SetType(array);
      } else if (key == "fortran_order") {
        if (Word() != "False") Fail("the array is in Fortran order; save numpy.ascontiguousarray(a)");
      } else if (key == "shape") {
        Shape(array);
      } else {
        Fail("unknown header key '" + key + "'");
      }
      if (Peek() == ',') Expect(',');
    }
    if (!has_type_ || !has_shape_) Fail("the header lacks 'descr' or 'shape'");
  }

 private:
  [[noreturn]] void Fail(const std::string& why) const { throw std::runtime_error(path_ + ": " + why); }

  char Peek() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  void Expect(char c) {
    if (Peek() != c) Fail(std::string("damaged header: no '") + c + "' where one is expected; save it with numpy.save");
    ++at_;
  }

  std::string Quoted() {
    const char quote = Peek();
    if (quote != '\'' && quote != '"') Fail("damaged header: no string where one is expected (arrays of records are not supported)");
    const size_t end = text_.find(quote, at_ + 1);
    if (end == std::string::npos) Fail("damaged header: a string without end");
    std::string s = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return s;
  }

  std::string Word() {
    Peek();
    const size_t start = at_;
    while (at_ < text_.size() && std::isalnum(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    return text_.substr(start, at_ - start);
  }

  void SetType(Array* array) {
    const std::string descr = Quoted();
    for (const TypeName& t : kTypes) {
      // One-byte types have no byte order; some writers say '<' all the same.
      if (descr == t.npy || (t.bytes == 1 && descr == std::string("<") + (t.npy + 1))) {
        array->dtype = t.dtype;
        has_type_ = true;
        return;
      }
    }
    Fail("element type '" + descr + "' is not supported; convert with a.astype('float32') or the type the model wants");
  }

  void Shape(Array* array) {
    Expect('(');
    while (Peek() != ')') {
      const std::string word = Word();
      if (word.empty() || word.size() > 12 || word.find_first_not_of("0123456789") != std::string::npos) Fail("damaged header: the shape");
      array->dims.push_back(std::stoll(word));
      if (Peek() == ',') Expect(',');
    }
    Expect(')');
    has_shape_ = true;
  }

  std::string path_, text_;
  size_t at_ = 0;
  bool has_type_ = false, has_shape_ = false;
};

}  // namespace

const char* DTypeText(adze_dtype dtype) { return TypeOf(dtype).text; }
size_t DTypeSize(adze_dtype dtype) { return TypeOf(dtype).bytes; }

std::string DimsText(const std::vector<int64_t>& dims) {
  std::string s = "[";
  for (size_t i = 0; i < dims.size(); ++i) s += (i == 0 ? "" : ", ") + std::to_string(dims[i]);
  return s + "]";
}

std::vector<uint8_t> ReadBytes(const std::string& path) {
  if (std::filesystem::is_directory(path)) throw std::runtime_error(path + ": it is a folder");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + ": " + std::strerror(errno));
  std::vector<uint8_t> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (file.bad()) throw std::runtime_error(path + ": read error");
  return bytes;
}

Array ReadNpy(const std::string& path) {
  const std::vector<uint8_t> bytes = ReadBytes(path);
  if (bytes.size() < 10 || std::memcmp(bytes.data(), "\x93NUMPY", 6) != 0)
    throw std::runtime_error(path + ": not a .npy file; save it with numpy.save");
  const int version = bytes[6];
  if (version < 1 || version > 3)
    throw std::runtime_error(path + ": .npy version " + std::to_string(version) + " is not supported; use 1 to 3");
  size_t start = 10;
  size_t header = bytes[8] | static_cast<size_t>(bytes[9]) << 8;
  if (version > 1) {
    if (bytes.size() < 12) throw std::runtime_error(path + ": truncated");
    start = 12;
    header |= static_cast<size_t>(bytes[10]) << 16 | static_cast<size_t>(bytes[11]) << 24;
  }
  if (header > bytes.size() - start) throw std::runtime_error(path + ": truncated header");
  Array array;
  HeaderParser(path,
               std::string(bytes.begin() + static_cast<std::ptrdiff_t>(start), bytes.begin() + static_cast<std::ptrdiff_t>(start + header)))
      .Parse(&array);
  array.data.assign(bytes.begin() + static_cast<std::ptrdiff_t>(start + header), bytes.end());
  size_t want = DTypeSize(array.dtype);
  for (int64_t d : array.dims) {
    if (__builtin_mul_overflow(want, static_cast<size_t>(d), &want)) throw std::runtime_error(path + ": the shape is too large");
  }
  if (array.data.size() != want) {
    throw std::runtime_error(path + ": " + std::to_string(array.data.size()) + " bytes of data, its shape " + DimsText(array.dims) +
                             " wants " + std::to_string(want));
  }
  return array;
}

void WriteNpy(const std::string& path, const Array& array) {
  std::string shape = "(";
  for (int64_t d : array.dims) shape += std::to_string(d) + ", ";
  if (array.dims.size() > 1) shape.resize(shape.size() - 2);
  if (array.dims.size() == 1) shape.resize(shape.size() - 1);
  std::string header = std::string("{'descr': '") + TypeOf(array.dtype).npy + "', 'fortran_order': False, 'shape': " + shape + "), }";
  // The data starts at a multiple of 64.
  while ((10 + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  std::ofstream file(path, std::ios::binary);
  const char magic[8] = {'\x93', 'N', 'U', 'M', 'P', 'Y', 1, 0};
  const char size[2] = {static_cast<char>(header.size() & 0xff), static_cast<char>(header.size() >> 8)};
  file.write(magic, 8).write(size, 2) << header;
  file.write(reinterpret_cast<const char*>(array.data.data()), static_cast<std::streamsize>(array.data.size()));
  file.close();
  if (!file) throw std::runtime_error(path + ": cannot be written: " + std::strerror(errno));
}

}  // namespace adze::tools
