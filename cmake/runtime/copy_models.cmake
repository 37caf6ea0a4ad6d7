# SPDX-License-Identifier: Apache-2.0
# Script: copies the models that crop.json of the folder `crop` lists to `place`, where they differ.
cmake_minimum_required(VERSION 3.25)
file(READ "${crop}/crop.json" json)
string(JSON count LENGTH "${json}" models)
file(MAKE_DIRECTORY "${place}")
foreach(i RANGE 1 ${count})
  math(EXPR i "${i} - 1")
  string(JSON file GET "${json}" models ${i} file)
  get_filename_component(name "${file}" NAME)
  configure_file("${crop}/${file}" "${place}/${name}" COPYONLY)
endforeach()
