# Files that nobody should be able to do harm with.
awk 'BEGIN { print "a: &a [x,x,x,x,x,x,x,x,x]"; for (i = 98; i < 107; i++) { c = sprintf("%c", i); p = sprintf("*%c", i - 1); s = p; for (k = 0; k < 8; k++) s = s "," p; print c ": &" c " [" s "]" } print "receivers: *j" }' >laughs.yaml
head -c 104857600 /dev/zero | tr '\0' x >big.yaml
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[" }' >brackets.yaml
awk 'BEGIN { for (i = 0; i < 50000; i++) printf "- "; print "x" }' >dashes.yaml
awk 'BEGIN { for (i = 0; i < 3000; i++) { for (k = 0; k < i; k++) printf " "; print "a:" } }' >deep.yaml
printf 'a: &a\n  b: *a\n' >cycle.yaml
printf 'receivers: &r\n  <<: [*r]\n' >merge.yaml
printf 'receivers: *nope\n' >alias.yaml
printf 'receivers: {}\nexporters: {}\nreceivers: {}\n' >duplicate.yaml
printf 'receivers:\n\totlp:\n' >tab.yaml
printf '\357\273\277receivers:\n  otlp:\nexporters:\n  debug:\nservice:\n  pipelines: {}\n' >bom.yaml
printf '\377\376r\0e\0' >utf16.yaml
printf 'receivers:\n  a\0b: 1\n' >nul.yaml
printf 'receivers:\n  otlp: "a\\0b"\n' >escaped-nul.yaml
printf 'receivers:\n  otlp: \377\n' >not-utf8.yaml
printf '{{- if .Values.on }}\nreceivers:\n{{- end }}\n' >template.yaml
awk 'BEGIN { print "receivers:"; for (i = 0; i < 100000; i++) print "  k" i ": 1" }' >keys.yaml
awk 'BEGIN { print "receivers: {otlp: }\nexporters: {debug: }\nprocessors: {tail_sampling: {policies: [{name: a, type: always_sample}]}}\nservice:\n  pipelines:"; for (p = 0; p < 100; p++) { printf "    traces/" p ": {receivers: [otlp], exporters: [debug], processors: ["; for (i = 0; i < 900; i++) printf "tail_sampling, nothing" i ", "; print "]}" } }' >uses.yaml
awk 'BEGIN { print "processors:\n  tail_sampling:\n    policies:"; print "      - "; s = "        "; for (i = 0; i < 25; i++) { print s "type: and\n" s "and:\n" s "  and_sub_policy:\n" s "    - {type: always_sample}\n" s "    -"; s = s "      " } print s "type: always_sample" }' >nested.yaml
awk 'BEGIN { print "processors:\n  tail_sampling:\n    policies:"; for (i = 0; i < 9000; i++) print "      - {name: p" i ", type: probabilistic, probabilistic: {sampling_percentage: " i / 100 "}}" }' >policies.yaml
cat >connectors.yaml <<'END'
receivers: {otlp: {protocols: {grpc: }}}
exporters: {debug: }
connectors: {forward/a: , forward/b: }
service:
  pipelines:
    traces/1: {receivers: [otlp, forward/b], exporters: [forward/a]}
    traces/2: {receivers: [forward/a], exporters: [forward/b, debug]}
END
