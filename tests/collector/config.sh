#!/bin/sh
# Every configuration the lab ships is one that the Collector takes, without a deprecated name; what
# compose.yaml mounts and names is there: config.sh OTELCOL DIR OTEL-TIDY
set -eu
collector=$1 dir=$2 program=$3
mkdir -p "$dir"
passed=0 failed=0
# sigv4auth asks for credentials when it is made; these are nobody's, and nothing is sent.
export AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none AWS_EC2_METADATA_DISABLED=true

check() { # what, command…
	what=$1
	shift
	if "$@" >"$dir/check.log" 2>&1; then
		passed=$((passed + 1))
	else
		tail -n 5 "$dir/check.log"
		echo "FAIL collector: $what | again: make test-collector-config"
		failed=$((failed + 1))
	fi
}

takes() {
	"$collector" validate "$@" && ! grep -qi deprecated "$dir/check.log"
}

refuses() {
	! "$collector" validate "$@"
}

# The batch processor and the old names are deprecated; they are not to come back.
has_new_names() {
	! grep -nE '^ +(batch|spanmetrics|servicegraph|loadbalancing|otlphttp|otlp)(/[a-z]+)?:$' "$1" |
		grep -vE '^[0-9]+:    +(  )?(batch|otlp):$|^[0-9]+:  otlp:$' 
}

configs=$(find lab/collector -name '*.yaml' -not -path '*/otelcol/*' -not -name prometheus.yaml -not -name ui.yaml | sort)
for config in $configs; do
	check "$config is taken" takes --config "$config"
	check "$config has the new names" has_new_names "$config"
done
# What otel-tidy says of other people's configurations holds for these.
lints_clean() {
	"$program" pipeline --profile strict --traces-per-second 1000 "$@"
}
check 'otel-tidy on local.yaml' lints_clean lab/collector/local.yaml
check 'otel-tidy on local.yaml with ui.yaml' lints_clean lab/collector/local.yaml lab/collector/ui.yaml
check 'otel-tidy on the AWS ones' lints_clean lab/collector/aws-sidecar.yaml lab/collector/aws-gateway.yaml
check 'otel-tidy on the two tiers' lints_clean lab/collector/two-tier/balancer.yaml lab/collector/two-tier/gateway.yaml
check 'local.yaml with ui.yaml' takes --config lab/collector/local.yaml --config lab/collector/ui.yaml
sed 's/threshold_ms/treshold_ms/' lab/collector/local.yaml >"$dir/wrong.yaml"
check 'a key that is none is refused' refuses --config "$dir/wrong.yaml"

compose_is_whole() {
	python3 - <<-'PYTHON'
	import os, re
	text = open("compose.yaml").read()
	assert "\t" not in "".join(l for l in text.splitlines(True) if not l.startswith("#")), "a tab"
	names = re.findall(r"^  ([a-z]+):$", text, re.M)
	assert names == ["collector", "jaeger", "prometheus"], names
	mounts = re.findall(r"- (\./[^:]+):(/[^:]+):ro", text)
	assert len(mounts) == 2, mounts
	for here, _ in mounts:
	    assert os.path.exists(here), here
	for name in re.findall(r"--config=/etc/lab/([a-z.]+)", text):
	    assert os.path.exists("lab/collector/" + name), name
	known = open("lab/collector/local.yaml").read() + open("lab/collector/ui.yaml").read()
	for variable in re.findall(r"^      ([A-Z_]+): ", text, re.M):
	    assert "${env:%s" % variable in known, variable
	ports = re.findall(r"- ([0-9.]+):\d+:\d+", text)
	assert ports and set(ports) == {"127.0.0.1"}, ports
	PYTHON
}
check 'compose.yaml names what is there' compose_is_whole
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
