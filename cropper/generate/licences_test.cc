// SPDX-License-Identifier: Apache-2.0
// What files say of their licence.
#include "cropper/generate/licences.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace adze::generate {
namespace {

TEST(CopyrightLines, OnlyStatements) {
  EXPECT_EQ(
      CopyrightLines(
          "/*\n * Copyright 2021 Google Inc. All rights reserved.\n */\n// copyright notice that is included\n# Copyright (c) 2020 X\n"),
      (std::vector<std::string>{"Copyright 2021 Google Inc. All rights reserved.", "Copyright (c) 2020 X"}));
  EXPECT_TRUE(CopyrightLines("Copyright License. Subject to the terms").empty());
}

TEST(StatedLicence, SpdxLineOrNotice) {
  EXPECT_EQ(StatedLicence("/* SPDX-License-Identifier: MIT */\n"), "MIT");
  EXPECT_EQ(StatedLicence(" * Licensed under the Apache License, Version 2.0 (the \"License\");"), "Apache-2.0");
  EXPECT_EQ(StatedLicence("int a;\n"), "");
}

TEST(IsLicenceExpression, ShapeOnly) {
  for (const char* good :
       {"MIT", "Apache-2.0", "GPL-2.0+", "MIT OR (Apache-2.0 AND BSD-3-Clause)", "GPL-2.0-only WITH Classpath-exception-2.0"}) {
    EXPECT_TRUE(IsLicenceExpression(good)) << good;
  }
  for (const char* bad : {"", "MIT License", "OR MIT", "MIT OR", "(MIT", "MIT)", "a,b", "MIT\"", "()"})
    EXPECT_FALSE(IsLicenceExpression(bad)) << bad;
}

std::map<std::string, std::string> FlatBuffers() {
  const std::string include = "third_party/flatbuffers/include/flatbuffers/";
  return {{"third_party/flatbuffers/LICENSE", "Apache License\n"},
          {include + "base.h",
           "#define FLATBUFFERS_VERSION_MAJOR 2\n#define FLATBUFFERS_VERSION_MINOR 0\n#define FLATBUFFERS_VERSION_REVISION 8\n"},
          {include + "b.h", "// Copyright 2021 B\n"},
          {include + "c.h", "// Copyright 2014 A\n// Copyright 2021 B\n"},
          {"src/own.cc", "// Copyright 1999 Nobody\n"}};
}

TEST(FindThirdParty, VersionAndHoldersFromItsHeaders) {
  const std::vector<ThirdParty> found = FindThirdParty(FlatBuffers());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].version, "2.0.8");
  EXPECT_EQ(found[0].copyrights, (std::vector<std::string>{"Copyright 2014 A", "Copyright 2021 B"}));
  EXPECT_TRUE(FindThirdParty({{"src/own.cc", ""}}).empty());
  std::map<std::string, std::string> more = FlatBuffers();
  more["third_party/zlib/zlib.h"] = "";
  EXPECT_THROW(FindThirdParty(more), std::runtime_error);
  more = FlatBuffers();
  more["third_party/flatbuffers/include/flatbuffers/b.h"] = "// SPDX-License-Identifier: GPL-3.0-only\n";
  EXPECT_THROW(FindThirdParty(more), std::runtime_error);
}

TEST(NoticeText, NamesAll) {
  const std::string text =
      NoticeText("face_runtime", FindThirdParty(FlatBuffers()), {{"models/a.adze", "a.onnx", "MIT"}, {"models/b.adze", "b.onnx", ""}});
  for (const char* part : {"cropped as face_runtime", "FlatBuffers 2.0.8", "  Copyright 2014 A\n", "models/a.adze, from a.onnx: MIT",
                           "b.onnx: licence not stated"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(NoticeText("x", {}, {}).find("Models"), std::string::npos);
}

}  // namespace
}  // namespace adze::generate
