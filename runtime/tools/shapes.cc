// SPDX-License-Identifier: Apache-2.0
// Shapes of inputs, from the command line to the session.
#include "runtime/tools/shapes.h"

#include <charconv>
#include <cstdio>
#include <stdexcept>

// Absent from libraries without the feature "resize".
extern "C" ADZE_API adze_status adze_resize(adze_session*, const adze_shape*, int32_t, adze_error*) __attribute__((weak));

namespace adze::tools {
namespace {

[[noreturn]] void Refuse(const std::string& text, const std::string& why) {
  throw std::runtime_error("--shape " + text + ": " + why + "; write 1,3,224,224 or NAME=1,3,224,224");
}

adze_shape ParseDims(const std::string& dims, const std::string& text) {
  adze_shape shape = {};
  const char* at = dims.data();
  const char* end = at + dims.size();
  while (at != end) {
    if (shape.rank == ADZE_MAX_RANK) Refuse(text, "more than " + std::to_string(ADZE_MAX_RANK) + " dims");
    const auto [next, error] = std::from_chars(at, end, shape.dims[shape.rank]);
    const bool more = next != end && *next == ',' && next + 1 != end;
    if (error != std::errc() || shape.dims[shape.rank] < 0 || (next != end && !more)) Refuse(text, "not a list of dims");
    ++shape.rank;
    at = more ? next + 1 : next;
  }
  return shape;
}

}  // namespace

std::vector<adze_shape> ShapesOf(const adze_session* session, const std::vector<std::string>& texts) {
  std::vector<adze_shape> shapes;
  std::vector<std::string> names;
  for (int32_t i = 0; i < adze_input_count(session); ++i) {
    adze_tensor_info info;
    (void)adze_input_info(session, i, &info);
    adze_shape shape = {};
    shape.rank = info.rank;
    for (int d = 0; d < info.rank; ++d) shape.dims[d] = info.dims[d];
    shapes.push_back(shape);
    names.emplace_back(info.name);
  }
  size_t next = 0;
  for (const std::string& text : texts) {
    const size_t equals = text.rfind('=');
    size_t input = next;
    if (equals != std::string::npos) {
      for (input = 0; input < names.size() && names[input] != text.substr(0, equals);) ++input;
    } else {
      ++next;
    }
    if (input >= shapes.size()) Refuse(text, "the model has no such input");
    shapes[input] = ParseDims(equals == std::string::npos ? text : text.substr(equals + 1), text);
  }
  return shapes;
}

adze_status Resize(adze_session* session, const std::vector<adze_shape>& shapes, adze_error* error) {
  if (adze_resize != nullptr) return adze_resize(session, shapes.data(), static_cast<int32_t>(shapes.size()), error);
  if (error != nullptr && error->capacity > 0)
    std::snprintf(error->text, error->capacity,
                  "this library lacks the feature resize: none of its models is declared with several shapes");
  return ADZE_NOT_IN_CROP;
}

}  // namespace adze::tools
