# A bridge has room for 1,023 ports: what the next one is told, by whom, and whose number it takes later
ip link add br0 type bridge
for i in $(seq 0 511); do echo "link add a$i type veth peer name b$i"; done >/run/links
for i in $(seq 0 511); do echo "link set a$i master br0"; echo "link set b$i master br0"; done | head -1023 >/run/ports
ip -batch /run/links
ip -batch /run/ports
ip -o link show master br0 | wc -l
ip link set b511 master br0; echo "status $?"
brctl addif br0 b511; echo "status $?"
echo "link set b511 master br0" >/run/one; ip -batch /run/one; echo "status $?"
ip -o link show master br0 | wc -l
cat /sys/class/net/a0/brport/port_no /sys/class/net/a511/brport/port_no
ip link set a7 nomaster
ip link set b511 master br0; echo "status $?"
cat /sys/class/net/b511/brport/port_no
ip link set a7 master br0; echo "status $?"
ip link del br0
ip -o link show type veth | wc -l
