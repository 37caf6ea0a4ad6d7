// SPDX-License-Identifier: Apache-2.0
// Files that the page is made of, taken in when the cropper is built (embed.cmake).
#pragma once

#include <string_view>

namespace adze::page {

extern const std::string_view kTemplate, kStyle, kScript;       // ours
extern const std::string_view kMapLibrary, kMapLibraryLicense;  // d3-hierarchy, as the distribution packages it

}  // namespace adze::page
