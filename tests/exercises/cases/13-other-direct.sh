echo '      - run: otel-tidy check' >>.github/workflows/ci.yml
