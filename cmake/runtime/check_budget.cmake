# SPDX-License-Identifier: Apache-2.0
# Script: fails where the stripped library is larger than the budget.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND "${cropper}" size "${library}" --format json RESULT_VARIABLE result OUTPUT_VARIABLE json ERROR_VARIABLE error)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "Adze: cannot measure ${library}: ${error}")
endif()
string(JSON bytes GET "${json}" file_bytes)
if(bytes GREATER budget)
  math(EXPR over "${bytes} - ${budget}")
  # What brought them: the crop's rows, with the models and nodes that ask for each.
  execute_process(COMMAND "${cropper}" forecast "${crop}" --sdk "${sdk}" ${toolchain} --budget ${budget} OUTPUT_VARIABLE causes ERROR_VARIABLE causes)
  # Indented, so that CMake keeps the lines.
  string(REPLACE "\n" "\n  " causes "\n${causes}")
  message(FATAL_ERROR "Adze: ${name} is over its BUDGET: ${library} has ${bytes} bytes, ${over} more than the ${budget} allowed. "
                      "Raise BUDGET, or drop a model, a level or a feature. What takes most:\n${causes}")
endif()
file(TOUCH "${stamp}")
