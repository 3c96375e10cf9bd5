#!/bin/sh
# Installs the package in a fresh Debian, uses it, removes it, and looks at what is left.
#
#	check.sh PACKAGE DIRECTORY        as root; the directory is made anew
set -eu
package=$1
root=$2
[ "$(id -u)" = 0 ] || { echo "deb-check: debootstrap needs root" >&2; exit 2; }
rm -rf "$root"
mirror=$(sed -n 's/^\(deb \|URIs: \)\(\[[^]]*\] \)*\(http[^ ]*\).*/\3/p' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
debootstrap --variant=minbase bookworm "$root" "${mirror:-http://deb.debian.org/debian}" >"$root.log" 2>&1 || { tail "$root.log" >&2; exit 2; }
rm -f "$root/etc/apt/sources.list"
for file in /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf.d /etc/apt/trusted.gpg.d /etc/resolv.conf /etc/hosts /etc/ssl/certs /usr/local/share/ca-certificates; do
	[ -e "$file" ] && mkdir -p "$root$(dirname "$file")" && cp -rL "$file" "$root$(dirname "$file")/" 2>/dev/null || :
done
cp "$package" "$root/tmp/otel-tidy.deb"
fail() { echo "FAIL deb-check: $1 | again: make deb-check"; exit 1; }
in_root() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C DEBIAN_FRONTEND=noninteractive chroot "$root" sh -ec "$1"; }

in_root 'apt-get -qq update; find / -xdev \( -path /proc -o -path /tmp -o -path /var -o -path /sys \) -prune -o -type f -print | sort' >"$root.before"
in_root 'apt-get -qq -y install --no-install-recommends /tmp/otel-tidy.deb' >>"$root.log" 2>&1 || fail "it does not install (log: $root.log)"
in_root '
	cd /tmp && printf "#include <otel-tidy/annotations.h>\nint write(int, const void *, unsigned long);\nOTEL_CRITICAL_PATH(\"pay\")\nint pay(int fd)\n{\n\treturn write(fd, \"x\", 1);\n}\n" >pay.c
	otel-tidy --version
	otel-tidy doctor >/dev/null || [ $? = 3 ]
	otel-tidy check pay.c --format agent -- -std=c17 -I/usr/include && exit 1
	exit 0' >"$root.out" 2>&1 || fail "it does not run: $(cat "$root.out")"
grep -q '\[missing-span\]' "$root.out" || fail "it does not find what is there: $(cat "$root.out")"
in_root 'apt-get -qq -y purge otel-tidy && rm -rf /root/.cache' >>"$root.log" 2>&1 || fail "it does not go away (log: $root.log)"
in_root 'find / -xdev \( -path /proc -o -path /tmp -o -path /var -o -path /sys \) -prune -o -type f -print | sort' | grep otel-tidy && fail "something is left behind"
rm -rf "$root"
echo "1 passed, 0 failed"
