sed -i.bak 's/type: probabilistic/type: probablistic/' collector.yaml && rm collector.yaml.bak
