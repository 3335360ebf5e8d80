# function style
mk() {
  ip netns add $1
  ip link add eth0 netns $1 type veth peer name p-$1
  ip link set p-$1 master br0
  ip link set p-$1 up
  ip -n $1 link set lo up
  ip -n $1 link set eth0 up
  ip -n $1 addr add $2 dev eth0
}
ip link add br0 type bridge
ip link set br0 up
mk red 10.1.1.1/24
mk blue 10.1.2.2/24
ip netns exec red ping -c 2 -W 1 10.1.1.2
