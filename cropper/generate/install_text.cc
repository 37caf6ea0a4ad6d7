// SPDX-License-Identifier: Apache-2.0
// Writing install rules. The imported targets are written out rather than exported: the static library is there only where it was built.
#include "cropper/generate/install_text.h"

#include <sstream>

#include "cropper/generate/prefix.h"
#include "cropper/generate/sbom.h"

namespace adze::generate {
namespace {

std::string PackageName(const plan::Profile& profile) { return CropName(profile) + "_runtime"; }

}  // namespace

std::string ConfigPath(const plan::Profile& profile) { return "cmake/" + PackageName(profile) + "Config.cmake.in"; }

std::string ConfigText(const plan::Profile& profile) {
  const std::string name = CropName(profile), package = PackageName(profile);
  // The crop's own <adze/adze.h> comes first: a crop without a prefix may have been installed beside it.
  std::string includes = "@PACKAGE_CMAKE_INSTALL_INCLUDEDIR@";
  if (!profile.prefix.empty()) includes = includes + "/" + name + ";" + includes;
  std::ostringstream s;
  s << "# SPDX-License-Identifier: Apache-2.0\n"
       "# An installed crop: "
    << package << "::" << name << " (shared), " << package << "::" << name << "_static where it was built, and " << package
    << "_MODELS_DIR.\n@PACKAGE_INIT@\n\n";
  if (profile.threads) s << "include(CMakeFindDependencyMacro)\nfind_dependency(Threads)\n\n";
  s << "set_and_check(" << package << "_DATA_DIR \"@PACKAGE_data@\")\nset(" << package << "_MODELS_DIR \"${" << package
    << "_DATA_DIR}/models\")\n\n"
    << "if(NOT TARGET " << package << "::" << name << ")\n  add_library(" << package << "::" << name
    << " SHARED IMPORTED)\n  set_target_properties(" << package << "::" << name
    << " PROPERTIES\n    IMPORTED_LOCATION \"@PACKAGE_CMAKE_INSTALL_LIBDIR@/@shared@\"\n    IMPORTED_SONAME \"@shared@\"\n"
    << "    INTERFACE_INCLUDE_DIRECTORIES \"" << includes << "\")\n"
    << "  if(EXISTS \"@PACKAGE_CMAKE_INSTALL_LIBDIR@/@static@\")\n    add_library(" << package << "::" << name
    << "_static STATIC IMPORTED)\n    set_target_properties(" << package << "::" << name
    << "_static PROPERTIES\n      IMPORTED_LOCATION \"@PACKAGE_CMAKE_INSTALL_LIBDIR@/@static@\"\n      INTERFACE_INCLUDE_DIRECTORIES \""
    << includes << "\"\n      INTERFACE_LINK_OPTIONS \"LINKER:--exclude-libs,@static@\"\n      INTERFACE_LINK_LIBRARIES \"m"
    << (profile.threads ? ";Threads::Threads" : "") << "\")\n  endif()\nendif()\ncheck_required_components(" << package << ")\n";
  return s.str();
}

std::string InstallText(const plan::Plan& plan) {
  const std::string name = CropName(plan.profile), package = PackageName(plan.profile);
  std::ostringstream s;
  s << "\n# Installed, the crop is a package: find_package(" << package << "), then link " << package << "::" << name
    << ". The static library goes\n"
    << "# along where it was built. A project that adds this folder installs it too by setting ADZE_INSTALL.\n"
       "if(ADZE_IS_TOP_LEVEL OR ADZE_INSTALL)\n"
       "  include(CMakePackageConfigHelpers)\n  include(GNUInstallDirs)\n"
       "  set(data ${CMAKE_INSTALL_DATADIR}/"
    << package << ")\n  set(package ${CMAKE_INSTALL_LIBDIR}/cmake/" << package << ")\n"
    << "  set(shared ${CMAKE_SHARED_LIBRARY_PREFIX}${ADZE_TARGET}${CMAKE_SHARED_LIBRARY_SUFFIX})\n"
       "  set(static ${CMAKE_STATIC_LIBRARY_PREFIX}${ADZE_TARGET}_static${CMAKE_STATIC_LIBRARY_SUFFIX})\n"
       "  install(TARGETS ${ADZE_TARGET} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})\n"
       "  install(FILES $<TARGET_FILE:${ADZE_TARGET}_static> DESTINATION ${CMAKE_INSTALL_LIBDIR} OPTIONAL)\n"
       "  install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})\n"
       "  install(DIRECTORY models DESTINATION ${data} OPTIONAL)\n"
       "  install(FILES LICENSE NOTICE "
    << kSbomFile << " DESTINATION ${data})\n";
  if (!plan.external.empty()) s << "  install(FILES third_party/flatbuffers/LICENSE DESTINATION ${data}/third_party/flatbuffers)\n";
  s << "  configure_package_config_file(" << ConfigPath(plan.profile) << " ${CMAKE_CURRENT_BINARY_DIR}/" << package
    << "Config.cmake\n    INSTALL_DESTINATION ${package} PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR data)\n"
    << "  write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/" << package
    << "ConfigVersion.cmake COMPATIBILITY SameMinorVersion)\n"
    << "  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/" << package << "Config.cmake ${CMAKE_CURRENT_BINARY_DIR}/" << package
    << "ConfigVersion.cmake\n    DESTINATION ${package})\nendif()\n";
  return s.str();
}

}  // namespace adze::generate
