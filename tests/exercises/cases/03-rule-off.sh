echo '{ "rules": { "dynamic-span-name": "off" } }' >otel-tidy.json
