#!/bin/sh
# Prints a C file that holds the given files: struct embedded_file embedded_files[].
set -eu
echo '/* Generated: the data files that travel inside the program. */'
echo '#include "base/embedded.h"'
n=0
for f in "$@"; do
	echo "static const unsigned char file_$n[] = {"
	od -An -v -tu1 "$f" | sed 's/[0-9][0-9]*/&,/g'
	echo '0};'
	n=$((n + 1))
done
echo 'const struct embedded_file embedded_files[] = {'
n=0
for f in "$@"; do
	echo "	{\"$f\", (const char *)file_$n, sizeof(file_$n) - 1},"
	n=$((n + 1))
done
echo '	{0},'
echo '};'
