# tcpdump makes its device promiscuous: a bridge then hands up what it forwards; -p does not.
# A device that goes away ends it, one that goes down does not.
ip link add br0 type bridge
ip link set br0 up
for i in 1 2; do ip netns add h$i; ip link add p$i type veth peer name e0 netns h$i; ip link set p$i master br0 up; ip -n h$i link set e0 up; ip -n h$i addr add 10.0.0.$i/24 dev e0; done
sleep 1
tcpdump -tni br0 -c 6 & sleep 1; ip -d link show br0 | grep -o 'promiscuity .'; ip netns exec h1 ping -c 2 10.0.0.2 >/dev/null; wait
ip -d link show br0 | grep -o 'promiscuity .'
timeout 3 tcpdump -npi br0 & sleep 1; ip -d link show br0 | grep -o 'promiscuity .'; ip netns exec h1 ping -c 2 10.0.0.2 >/dev/null; wait
(ip netns exec h2 tcpdump -tni e0; echo "status $?") & sleep 1; ip -n h2 link set e0 down; ip -n h2 link set e0 up; sleep 0.3; ip netns exec h1 arping -c 1 -I e0 10.0.0.2 >/dev/null; ip link del p2; wait
dmesg -t | tail -n 12
