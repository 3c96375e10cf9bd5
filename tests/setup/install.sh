#!/bin/sh
# Installs the program, the annotations header with its pkg-config file, and the rules' data.
#
#	install.sh PROGRAM PREFIX DESTDIR VERSION
set -eu
program=$1
prefix=$2
to=$3$2
version=$4
data=$to/share/otel-tidy

put() { # mode, destination directory, files
	mode=$1
	dir=$2
	shift 2
	mkdir -p "$dir"
	for file in "$@"; do
		cp "$file" "$dir/"
		chmod "$mode" "$dir/$(basename "$file")"
	done
}

put 755 "$to/bin" "$program"
put 644 "$to/include/otel-tidy" analyzer/include/otel-tidy/annotations.h
put 644 "$to/share/doc/otel-tidy" README.md LICENSE CHANGELOG.md
for page in rules/*/*/README.md; do
	put 644 "$data/$(dirname "$page")" "$page"
done
put 644 "$data/rules" rules/prices.json
for kind in models profiles; do
	for file in rules/$kind/*.json; do
		if [ -f "$file" ]; then put 644 "$data/rules/$kind" "$file"; fi
	done
done

# From the tables of commands and options.
generate() { # kind, file
	mkdir -p "$(dirname "$2")"
	"$program" generate "$1" >"$2"
	chmod 644 "$2"
}
generate man "$to/share/man/man1/otel-tidy.1"
generate bash "$to/share/bash-completion/completions/otel-tidy"
generate zsh "$to/share/zsh/site-functions/_otel-tidy"
generate fish "$to/share/fish/vendor_completions.d/otel-tidy.fish"

mkdir -p "$to/share/cmake/OtelTidy"
for file in OtelTidyConfig.cmake OtelTidyConfigVersion.cmake; do
	sed "s/@VERSION@/$version/" "packaging/cmake/$file.in" >"$to/share/cmake/OtelTidy/$file"
	chmod 644 "$to/share/cmake/OtelTidy/$file"
done

mkdir -p "$to/share/pkgconfig"
cat >"$to/share/pkgconfig/otel-tidy.pc" <<PC
prefix=$prefix
includedir=\${prefix}/include
datadir=\${prefix}/share/otel-tidy

Name: otel-tidy
Description: Annotations for critical paths, read by the tracing linter otel-tidy
Version: $version
Cflags: -I\${includedir}
PC
echo "installed otel-tidy $version under $to"
