#!/bin/sh
# One version everywhere: the Makefile's heads the change log, or "Unreleased" stands above it.
set -eu
version=$(sed -n 's/^VERSION *:= *//p' Makefile)
[ -n "$version" ] || { echo "version: no VERSION in Makefile"; exit 1; }
head=$(sed -n 's/^## \[\{0,1\}\([^] ]*\).*/\1/p' CHANGELOG.md | head -n 1)
case $head in
"$version" | Unreleased) ;;
*) echo "version: Makefile has $version, CHANGELOG.md begins with $head"; exit 1 ;;
esac
