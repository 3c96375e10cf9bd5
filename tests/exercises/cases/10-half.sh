sed -i.bak 's/=0.1/=0.5/' otel.env && rm otel.env.bak
