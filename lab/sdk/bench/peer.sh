#!/bin/sh
# Compiles a C++ program against opentelemetry-cpp 1.19: the one that is installed, else Debian 12's
# from bookworm-backports, unpacked into the build directory and not installed.
#
#	peer.sh SOURCE PROGRAM
#	peer.sh --root            only prints where it is: nothing for the machine itself
#
# Fails, and says why, where neither can be had: whoever calls this then does without.
set -u
cd "$(dirname "$0")/../../.."
source=$1
program=${2:-}
out=${BUILD:-build}/peer
case $out in /*) ;; *) out=$PWD/$out ;; esac
wanted=1.19.0
root=$out/root
mkdir -p "$out"

fail() {
	echo "opentelemetry-cpp $wanted: $*" >&2
	exit 1
}

# Debian's package lists of backports, beside those of the machine, from where the machine gets its own.
unpack() {
	[ -f "$root/usr/include/opentelemetry/exporters/otlp/otlp_recordable.h" ] &&
		[ -f "$root/usr/include/opentelemetry/proto/trace/v1/trace.proto" ] && return
	command -v apt-get >/dev/null || fail "this system has no apt"
	site=$(apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' |
		sed -n 's/ bookworm$//p' | head -n 1)
	[ -n "$site" ] || fail "Debian 12 has it in bookworm-backports; here it would have to be installed"
	apt=$out/apt
	mkdir -p "$apt/parts" "$apt/lists/partial" "$apt/cache/archives/partial" "$out/deb"
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $site bookworm-backports main" \
		>"$apt/parts/backports.list"
	printf 'Dir::Etc::SourceList "/dev/null";\nDir::Etc::SourceParts "%s/parts";\nDir::State::Lists "%s/lists";\nDir::Cache "%s/cache";\nAPT::Sandbox::User "%s";\n' \
		"$apt" "$apt" "$apt" "$(id -un)" >"$apt/apt.conf"
	(
		export APT_CONFIG="$apt/apt.conf"
		cd "$out/deb" && apt-get -q update &&
			apt-get -q download opentelemetry-cpp opentelemetry-cpp-dev opentelemetry-proto
	) >"$out/apt.log" 2>&1 || fail "not to be had from bookworm-backports (whole log: $out/apt.log)"
	for deb in "$out"/deb/*.deb; do
		dpkg -x "$deb" "$root" || fail "dpkg -x $deb failed"
	done
}

# The classes that protoc makes of OTLP's files belong to no package.
protocol() { # root
	[ -f "$out/gen/done" ] && return
	rm -rf "$out/gen.new" && mkdir -p "$out/gen.new"
	(cd "$1/usr/include" && protoc -I . --cpp_out="$out/gen.new" \
		opentelemetry/proto/common/v1/common.proto opentelemetry/proto/resource/v1/resource.proto \
		opentelemetry/proto/trace/v1/trace.proto \
		opentelemetry/proto/collector/trace/v1/trace_service.proto) || return 1
	touch "$out/gen.new/done" && mv "$out/gen.new" "$out/gen"
}

is_installed() {
	[ "$(pkg-config --modversion opentelemetry_trace 2>/dev/null)" = $wanted ] &&
		[ -f /usr/include/opentelemetry/proto/trace/v1/trace.proto ]
}

if [ "$source" = --root ]; then
	is_installed && exit
	unpack && echo "$root"
	exit
fi
command -v protoc >/dev/null && command -v g++ >/dev/null ||
	fail "apt-get install g++ protobuf-compiler libprotobuf-dev"
echo '#include <google/protobuf/message.h>' | g++ -x c++ -E - >/dev/null 2>&1 ||
	fail "apt-get install libprotobuf-dev"
if is_installed; then
	root=
else
	unpack
fi
protocol "$root" >"$out/protoc.log" 2>&1 || fail "protoc failed: $(tail -n 1 "$out/protoc.log")"
libs=$(dirname "$(find "$root"/usr/lib* -name 'libopentelemetry_otlp_recordable.so*' | head -n 1)")
# What of its libraries' own needs is not there (gRPC) is not needed for spans.
g++ -std=c++17 -O2 -g -w -I "$out/gen" ${root:+-I "$root/usr/include"} -o "$program" "$source" \
	-L "$libs" -Wl,--disable-new-dtags,-rpath,"$libs" -Wl,--unresolved-symbols=ignore-in-shared-libs \
	-lopentelemetry_otlp_recordable -lopentelemetry_trace -lopentelemetry_resources \
	-lopentelemetry_common -lopentelemetry_proto -lprotobuf -lpthread >"$out/g++.log" 2>&1 ||
	fail "g++ failed (whole log: $out/g++.log): $(grep -m 1 error "$out/g++.log")"
