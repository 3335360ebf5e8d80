#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# wasm.sh - sim/ and stack/ need libc and nothing else: they compile for wasm32-wasi
# Left out: fiber.c (stacks are the host's there) and capture.c (libpcap). The kernel's own headers
# are taken from linux-libc-dev; sys/socket.h has Linux's numbers instead of WASI's.
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/lint/files.sh
. tests/lint/files.sh
tool=clang-14
command -v $tool >/dev/null || tool=clang
command -v $tool >/dev/null || { echo "clang is not installed"; exit 77; }
[ -d /usr/include/wasm32-wasi ] || { echo "wasi-libc is not installed"; exit 77; }
stage=$(mktemp -d) || exit 1
trap 'rm -rf "$stage"' EXIT
ln -s /usr/include/linux /usr/include/asm-generic "$stage"
ln -s "/usr/include/$(uname -m)-linux-gnu/asm" "$stage/asm"
files 'sim/*.c' 'stack/*.c' | grep -vxE 'sim/(fiber|capture)\.c' |
	xargs -P "$(nproc)" -n 8 $tool --target=wasm32-wasi -std=gnu11 -D_GNU_SOURCE -D_WASI_EMULATED_SIGNAL -fsyntax-only -Wno-everything \
		-Itests/lint/wasi -Iinclude -Isim -Istack -isystem /usr/include/wasm32-wasi -idirafter "$stage"
