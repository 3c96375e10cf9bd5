: >otel.env
