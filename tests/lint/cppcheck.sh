#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# cppcheck.sh - what cppcheck finds in the kernel and the tools
cd "$(dirname "$0")/../.." || exit 1
command -v cppcheck >/dev/null || { echo "cppcheck is not installed"; exit 77; }
# off: what it does not see through (intrusive lists, unions of bytes, macros, functions
# that do not return, a filter's pointer for the length of a call), and system headers
exec cppcheck -q -j "$(nproc)" --std=c11 --enable=warning,performance,portability --error-exitcode=1 \
	--inline-suppr --suppress=missingIncludeSystem --suppress=nullPointer \
	--suppress=nullPointerRedundantCheck --suppress=uninitvar --suppress=unknownMacro \
	--suppress=preprocessorErrorDirective --suppress=arithOperationsOnVoidPointer \
	--suppress=allocaCalled --suppress=syntaxError --suppress=autoVariables --suppress=internalAstError \
	--suppress=invalidScanfArgType_int --suppress=arrayIndexOutOfBoundsCond --suppress=invalidFunctionArg \
	-D__x86_64__ -D_GNU_SOURCE -D__BYTE_ORDER__=1234 -D__ORDER_LITTLE_ENDIAN__=1234 \
	-Iinclude -Isim -Istack sim stack tools
