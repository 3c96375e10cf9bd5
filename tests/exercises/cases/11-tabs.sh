printf '\t- name: errors\n' >tab
sed -i.bak '/    policies:/r tab' collector.yaml && rm collector.yaml.bak tab
