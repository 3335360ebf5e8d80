#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# planted.sh FOLDER [SECONDS [NAME...]] - is a length check that was taken away found? In a copy of the sources in
# FOLDER, for each bug of `planted`: the check goes, the target fuzzes from plain, sound inputs (wire_seeds.py --plain) without
# the corpus, at most SECONDS (3600); prints how long it took. What was found must pass once the check is back: else
# it is another bug. Fails when one is not found.
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=$(realpath -m "${1:?usage: planted.sh FOLDER [SECONDS [NAME...]]}")
seconds=${2:-3600}
shift; shift
wanted=" $* "
export ASAN_OPTIONS=malloc_context_size=4:quarantine_size_mb=8

mkdir -p "$folder/src" || exit 2
(cd "$root" && git ls-files -z | xargs -0 cp --parents -u -t "$folder/src") || exit 2
[ -f "$folder/build/build.ninja" ] || CC=${CC:-clang} meson setup "$folder/build" "$folder/src" -Dwerror=false \
	-Dc_args=-fsanitize=fuzzer-no-link -Db_sanitize=address -Db_lundef=false >/dev/null || exit 2

lost=0
while IFS=$'\t' read -r name target file edit; do
	case $name in '' | \#*) continue ;; esac
	[ -z "${wanted// /}" ] || [[ $wanted == *" $name "* ]] || continue
	cp "$root/$file" "$folder/src/$file"
	sed -i "$edit" "$folder/src/$file"
	if cmp -s "$root/$file" "$folder/src/$file"; then
		echo "$name: nothing is changed in $file: the check is not there any more"
		lost=1
		continue
	fi
	ninja -C "$folder/build" "tests/fuzz/fuzz_$target" >/dev/null || exit 2
	rm -rf "$folder/seeds" "$folder/found"
	mkdir "$folder/seeds" "$folder/found"
	python3 "$root/tests/fuzz/wire_seeds.py" --plain "$target" "$folder/seeds"
	begin=$(date +%s%N)
	"$folder/build/tests/fuzz/fuzz_$target" -entropic=0 -max_len=1024 -max_total_time="$seconds" -timeout=60 \
		-artifact_prefix="$folder/found/" "$folder/seeds" 2>"$folder/log"
	took=$(($(date +%s%N) - begin))
	cp "$root/$file" "$folder/src/$file"
	ninja -C "$folder/build" "tests/fuzz/fuzz_$target" >/dev/null || exit 2
	if ! grep -q "ERROR: AddressSanitizer" "$folder/log"; then
		echo "$name: not found in $seconds s"
		lost=1
	elif ! "$folder/build/tests/fuzz/fuzz_$target" "$folder"/found/* >/dev/null 2>&1; then
		echo "$name: another bug was found, see $folder/found"
		exit 1
	else
		printf '%s: found after %d.%03d s, %s runs\n' "$name" $((took / 1000000000)) $((took / 1000000 % 1000)) \
			"$(sed -n 's/^#\([0-9]*\).*/\1/p' "$folder/log" | tail -1)"
	fi
done <"$here/planted/bugs"
exit $lost
