// SPDX-License-Identifier: Apache-2.0
// .npy files: every dtype and rank there and back, and what is refused. float16 against the definition.
#include "runtime/tools/npy.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <stdexcept>

#include "runtime/tools/half.h"

namespace adze::tools {
namespace {

std::string TempPath() { return ::testing::TempDir() + "npy_test_" + std::to_string(getpid()) + ".npy"; }

TEST(Npy, ThereAndBack) {
  for (adze_dtype dtype : {ADZE_FLOAT32, ADZE_FLOAT16, ADZE_INT32, ADZE_INT64, ADZE_INT8, ADZE_UINT8, ADZE_BOOL, ADZE_FLOAT64, ADZE_INT16,
                           ADZE_UINT16, ADZE_UINT32, ADZE_UINT64, ADZE_BFLOAT16}) {
    for (const std::vector<int64_t>& dims : std::vector<std::vector<int64_t>>{{}, {0}, {7}, {1, 3}, {2, 3, 5, 1}}) {
      Array a;
      a.dtype = dtype;
      a.dims = dims;
      size_t n = DTypeSize(dtype);
      for (int64_t d : dims) n *= static_cast<size_t>(d);
      for (size_t i = 0; i < n; ++i) a.data.push_back(static_cast<uint8_t>(i * 37));
      WriteNpy(TempPath(), a);
      const Array b = ReadNpy(TempPath());
      EXPECT_EQ(b.dtype, dtype);
      EXPECT_EQ(b.dims, dims);
      EXPECT_EQ(b.data, a.data);
    }
  }
  unlink(TempPath().c_str());
}

std::string ErrorOf(const std::string& header, size_t data_bytes = 4) {
  {
    std::ofstream f(TempPath(), std::ios::binary);
    f << "\x93NUMPY" << '\x01' << '\0' << static_cast<char>(header.size()) << '\0' << header << std::string(data_bytes, 'x');
  }
  std::string what = "accepted";
  try {
    (void)ReadNpy(TempPath());
  } catch (const std::runtime_error& e) {
    what = e.what();
    EXPECT_EQ(what.find(TempPath() + ": "), 0u);
    what = what.substr(TempPath().size() + 2);
  }
  unlink(TempPath().c_str());
  return what;
}

TEST(Npy, Refusals) {
  EXPECT_EQ(ErrorOf("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n"), "accepted");
  EXPECT_EQ(ErrorOf("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }"),
            "the array is in Fortran order; save numpy.ascontiguousarray(a)");
  EXPECT_EQ(ErrorOf("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }"),
            "element type '<c8' is not supported; convert with a.astype('float32') or the type the model wants");
  EXPECT_EQ(ErrorOf("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"), "4 bytes of data, its shape [2] wants 8");
  EXPECT_EQ(ErrorOf("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 99999999999), }"), "the shape is too large");
  EXPECT_EQ(ErrorOf("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }"), "damaged header: the shape");
  EXPECT_EQ(ErrorOf("{'descr': '<f4', 'fortran_order': False, }"), "the header lacks 'descr' or 'shape'");
  EXPECT_EQ(ErrorOf("{'descr': [('a', '<f4')], }"),
            "damaged header: no string where one is expected (arrays of records are not supported)");
  for (const char* junk : {"", "{", "{'", "{'descr'", "{'descr':", "{'shape': (", "{'shape': (1", "{,}"})
    EXPECT_NE(ErrorOf(junk), "accepted") << junk;
  EXPECT_THROW((void)ReadNpy("/no/such/file.npy"), std::runtime_error);
}

TEST(Half, EveryHalfSurvives) {
  for (uint32_t h = 0; h < 65536; ++h) {
    const float f = FloatOfHalf(static_cast<uint16_t>(h));
    if (std::isnan(f)) continue;
    EXPECT_EQ(HalfOfFloat(f), h);
  }
}

TEST(Half, RoundsToNearestEven) {
  EXPECT_EQ(HalfOfFloat(1.0f), 0x3c00);
  EXPECT_EQ(HalfOfFloat(2049.0f), 0x6800);  // between 2048 and 2050
  EXPECT_EQ(HalfOfFloat(2051.0f), 0x6802);
  EXPECT_EQ(HalfOfFloat(65519.0f), 0x7bff);
  EXPECT_EQ(HalfOfFloat(65520.0f), 0x7c00);
  EXPECT_EQ(HalfOfFloat(-std::numeric_limits<float>::infinity()), 0xfc00);
  EXPECT_EQ(HalfOfFloat(std::ldexp(1.0f, -25)), 0);
  EXPECT_EQ(HalfOfFloat(std::ldexp(1.5f, -25)), 1);
  EXPECT_EQ(HalfOfFloat(std::ldexp(3.0f, -25)), 2);
  EXPECT_TRUE(std::isnan(FloatOfHalf(HalfOfFloat(NAN))));
}

}  // namespace
}  // namespace adze::tools
