#!/bin/sh
# Proves the README on a machine that has nothing: a fresh Debian in a directory, git and make in
# it, a clone of what is committed here, then `make demo` and `make test` as the README says.
#
#	bare.sh                            Debian 12, from this machine's own apt sources
#	SUITE=noble MIRROR=… COMPONENTS=main,universe bare.sh
#	STEPS="demo" bare.sh               only some of the steps (default: "demo test")
#
# Needs root and debootstrap. Mounts live in a namespace of their own and vanish with it.
set -eu
suite=${SUITE:-bookworm}
steps=${STEPS:-demo test}
cd "$(dirname "$0")/../.."
top=$PWD
root=$top/${BUILD:-build}/bare

[ "$(id -u)" = 0 ] || { echo "bare.sh: debootstrap and chroot need root" >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "bare.sh: apt-get install debootstrap" >&2; exit 2; }

# "URI release component" for everything this machine gets of that release.
sources() {
	apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
		awk -v suite="$suite" '$2 == suite || index($2, suite "-") == 1' | sort -u
}

# Inside the namespace: what a running machine has and a directory has not.
if [ "${1:-}" = --inside ]; then
	if [ "$2" = own-mounts ]; then
		mount -t proc proc "$root/proc"
		mount --rbind /dev "$root/dev"
	fi
	for step in $steps; do
		echo "== make $step, on a fresh $suite"
		chroot "$root" /usr/bin/env -i HOME=/root TERM=dumb LANG=C \
			PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
			${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
			${no_proxy:+no_proxy="$no_proxy"} \
			NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
			sh -c "cd /srv/otel-tidy && make $step"
	done
	exit
fi

# debootstrap knows a release by a script; those of Ubuntu are all the same one.
scripts=/usr/share/debootstrap/scripts
script=
[ -e "$scripts/$suite" ] || script=$scripts/gutsy
mirror=${MIRROR:-$(sources | awk -v suite="$suite" '$2 == suite { print $1; exit }')}
rm -rf --one-file-system "$root"
mkdir -p "$root"
echo "== a fresh $suite in $root"
# shellcheck disable=SC2086 # no mirror: debootstrap has its own
env -u COMPONENTS debootstrap --variant=minbase --include=git,make,ca-certificates \
	${COMPONENTS:+--components="$COMPONENTS"} "$suite" "$root" $mirror $script >"$root.log" 2>&1 ||
	{ tail -n 20 "$root.log" >&2; exit 1; }

# apt there asks where apt here asks, through the same proxy.
if [ -n "${MIRROR:-}" ]; then
	echo "deb $MIRROR $suite $(echo "${COMPONENTS:-main}" | tr , ' ')"
else
	sources | sed 's/^/deb /'
fi >"$root/etc/apt/sources.list"
apt-config dump | grep -E '^Acquire::(http|https|Check|Retries)' >"$root/etc/apt/apt.conf.d/99host" || :
cp /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || :
rm -rf "$root"/var/lib/apt/lists/*

# It trusts whom this machine trusts: a company's own certificate stands between many a machine and
# the package registries.
if ls /usr/local/share/ca-certificates/*.crt >/dev/null 2>&1; then
	cp /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/"
	chroot "$root" update-ca-certificates >>"$root.log" 2>&1
fi

git clone -q --no-hardlinks "$top" "$root/srv/otel-tidy"
enter="unshare --mount --propagation private"
export SUITE="$suite" STEPS="$steps"
if $enter mount -t proc proc "$root/proc" 2>/dev/null; then
	$enter sh "$top/tests/setup/bare.sh" --inside own-mounts
else
	echo "bare.sh: no right to mount here, going on without /proc and /dev"
	sh "$top/tests/setup/bare.sh" --inside none
fi
echo "bare machine ($suite): $steps went through"
