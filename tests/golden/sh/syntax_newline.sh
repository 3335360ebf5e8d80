echo a
ip link add <veth-red1> type
ip link add <veth-red>
echo never
