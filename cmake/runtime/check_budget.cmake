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
  message(FATAL_ERROR "Adze: ${name} is over its BUDGET: ${library} has ${bytes} bytes, ${over} more than the ${budget} allowed. "
                      "`${cropper} size ${library}` says where they are; raise BUDGET, or drop a model, a level or a feature.")
endif()
file(TOUCH "${stamp}")
