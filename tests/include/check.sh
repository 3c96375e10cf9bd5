#!/bin/sh
# The stand-in headers must compile, each by itself and in the ways the API can be built.
set -u
clang=$(sh tests/setup/llvm.sh clang) || { echo "FAIL include: no clang 18 or later | apt-get install clang-19"; exit 1; }
passed=0
failed=0

# compile NAME FLAGS…: one test.
compile() {
	name=$1
	shift
	if out=$("$clang" -fsyntax-only -Werror -Wall -Wextra -Itests/include "$@" 2>&1); then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "$out" | sed 's/^/    /' | head -n 20
		echo "FAIL include: $name | again: $clang -fsyntax-only -Itests/include $*"
	fi
}

quiet="-Wno-unused-but-set-variable -Wno-unused-variable -Wno-unused-const-variable"
# shellcheck disable=SC2086
{
	compile "C++17" -std=c++17 $quiet tests/include/use_api.cc
	compile "C++20, ABI 2" -std=c++20 -DOPENTELEMETRY_ABI_VERSION_NO=2 $quiet tests/include/use_api.cc
}
compile "C" -std=gnu11 -Wno-gnu-statement-expression tests/include/use_wrapper.c
compile "C wrapper in C++" -std=gnu++17 -x c++ -include opentelemetry-c-wrapper/include.h /dev/null
for header in trace/provider.h trace/tracer.h trace/span.h trace/scope.h trace/context.h \
	context/runtime_context.h baggage/baggage_context.h nostd/shared_ptr.h; do
	compile "$header alone" -std=c++17 -x c++ -include "opentelemetry/$header" /dev/null
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
