awk '{ print } /policies:/ { print "      - name: errors\n        type: status_code\n        status_code:\n          status_codes: [ERROR]" }' collector.yaml >now && mv now collector.yaml
