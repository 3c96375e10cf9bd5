#!/bin/sh
# Makes a Debian package out of what `make install` installs.
#
#	build.sh PROGRAM VERSION DIRECTORY      → DIRECTORY/otel-tidy_VERSION_ARCH.deb
set -eu
program=$1
version=$2
out=$3
arch=$(dpkg --print-architecture)
stage=$out/deb
rm -rf "$stage" && mkdir -p "$stage/root/DEBIAN" "$stage/debian"
root=$stage/root
umask 022
# the same bytes on every day
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1)}
export SOURCE_DATE_EPOCH
date=$(date -R -u -d "@$SOURCE_DATE_EPOCH")

sh tests/setup/install.sh "$program" /usr "$root" "$version" >/dev/null
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$root/usr/bin/otel-tidy"
gzip -9n "$root/usr/share/man/man1/otel-tidy.1"
mv "$root/usr/share/zsh/site-functions" "$root/usr/share/zsh/vendor-completions"

doc=$root/usr/share/doc/otel-tidy
rm "$doc/LICENSE"
mv "$doc/CHANGELOG.md" "$doc/changelog" && gzip -9n "$doc/changelog"
cat >"$doc/changelog.Debian" <<EOF
otel-tidy ($version-1) unstable; urgency=medium

  * As in the changelog of the program.

 -- The otel-tidy authors <otel-tidy@users.noreply.github.com>  $date
EOF
gzip -9n "$doc/changelog.Debian"
cat >"$doc/copyright" <<'EOF'
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: otel-tidy
Source: https://github.com/otel-tidy/otel-tidy

Files: *
Copyright: 2026 The otel-tidy authors
License: Apache-2.0
 On Debian systems, the text of the Apache License, version 2.0, is in
 /usr/share/common-licenses/Apache-2.0.
EOF

mkdir -p "$root/usr/share/lintian/overrides"
cat >"$root/usr/share/lintian/overrides/otel-tidy" <<'EOF'
# not an upload to Debian: there is no bug that asks for the package
otel-tidy: initial-upload-closes-no-bugs *
EOF

# the libraries it is linked with; libclang is opened when it is needed
printf 'Source: otel-tidy\n\nPackage: otel-tidy\nArchitecture: any\n' >"$stage/debian/control"
libraries=$(cd "$stage" && dpkg-shlibdeps -O root/usr/bin/otel-tidy 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
cat >"$root/DEBIAN/control" <<EOF
Package: otel-tidy
Version: $version-1
Architecture: $arch
Maintainer: The otel-tidy authors <otel-tidy@users.noreply.github.com>
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Depends: $libraries, libclang1-19 | libclang1-18 | libclang1-20, libclang-common-19-dev | libclang-common-18-dev | libclang-common-20-dev
Recommends: git
Section: devel
Priority: optional
Homepage: https://github.com/otel-tidy/otel-tidy
Description: linter for OpenTelemetry tracing in C and C++
 otel-tidy follows each span of a program along every feasible path and across
 files, and reports what it can prove: critical paths without a span or without
 the attributes that say whom a failure hit, spans that are never ended, and
 spans on code that is too small to see.
 .
 It reads compile_commands.json and parses with libclang.
EOF
(cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
chmod 644 "$root/DEBIAN/md5sums"
package=$out/otel-tidy_$version-1_$arch.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
echo "$package"
