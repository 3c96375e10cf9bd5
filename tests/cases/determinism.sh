#!/bin/sh
# The same bytes everywhere: each project-* case, in each format, with one worker and with four,
# cold and warm, and in a directory with another name and length.
#
#	determinism.sh build/otel-tidy
set -u
top=$PWD
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
scratch=$(cd "$(mktemp -d)" && pwd -P)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

prepare() { # case, copy
	mkdir -p "$2"
	cp -R "$1/." "$2/"
	find "$2" -name '*.in' | while read -r file; do
		sed -e "s|@DIR@|$2|g" -e "s|@TOP@|$top|g" "$file" >"${file%.in}"
		rm "$file"
	done
}

# What it prints and how it ends, without the one thing that may differ: where the project lies.
look() { # directory, home, arguments
	dir=$1
	home=$2
	shift 2
	mkdir -p "$home"
	(
		cd "$dir" || exit
		env -i PATH="$PATH" HOME="$home" LC_ALL="${locale:-C}" ${LSAN_OPTIONS:+LSAN_OPTIONS="$LSAN_OPTIONS"} \
			"$program" check "$@" 2>&1
		echo "exit $?"
	) | sed "s|$dir|@DIR@|g"
}

same() { # what, first, second
	if [ "$(printf '%s\n' "$2" | tail -n 1)" = "exit 2" ]; then
		echo "FAIL determinism: $1: the program did not run | again: make test-determinism"
		printf '%s\n' "$2" | sed 's/^/    /'
		failed=$((failed + 1))
	elif [ "$2" = "$3" ]; then
		passed=$((passed + 1))
	else
		echo "FAIL determinism: $1 | again: make test-determinism"
		printf '%s\n' "$2" >"$scratch/first"
		printf '%s\n' "$3" >"$scratch/second"
		diff -u "$scratch/first" "$scratch/second" | sed 's/^/    /' | head -n 20
		failed=$((failed + 1))
	fi
}

for case in tests/cases/project-*/; do
	name=$(basename "$case")
	here=$scratch/a/$name
	there=$scratch/a-longer-name/below/$name
	prepare "$case" "$here"
	prepare "$case" "$there"
	for format in text json sarif; do
		one=$(look "$here" "$scratch/home-$name-$format" -j 1 --format $format)
		same "$name, $format: -j 4 = -j 1, warm = cold" "$one" \
			"$(look "$here" "$scratch/home-$name-$format" -j 4 --format $format)"
		same "$name, $format: -j 4 cold = -j 1 cold" "$one" \
			"$(look "$here" "$scratch/home-$name-$format-4" -j 4 --format $format)"
		same "$name, $format: in another directory" "$one" \
			"$(look "$there" "$scratch/home-$name-$format-there" -j 4 --format $format)"
	done
	same "$name: in another locale" "$(locale=C look "$here" "$scratch/home-l" -j 2)" \
		"$(locale=C.UTF-8 look "$here" "$scratch/home-l" -j 2)"
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
