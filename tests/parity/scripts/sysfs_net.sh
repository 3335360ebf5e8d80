# SPDX-License-Identifier: GPL-2.0-or-later
# /sys/class/net: every file of a device, the links between devices, what can be written.
ip netns add sw
ip -n sw link add br0 type bridge
ip -n sw link add p1 type veth peer name q1
ip -n sw link add type veth
ip -n sw link add z0 address 02:00:00:00:00:01 type veth peer name z1
ip -n sw link set z1 name z9
ip -n sw link set z0 alias "hello world"
ip -n sw link set p1 master br0
for d in br0 p1 q1 lo; do ip -n sw link set $d up; done
sleep 1.2
ip -n sw link set q1 down
sleep 1.2
ip netns exec sw bash -c 'cd /sys/class/net; for d in br0 p1 q1 veth0 z0 z9 lo; do for f in $d/*; do test -f $f && echo "$f $(head -3 $f 2>&1 | tr -d "\0" | cut -c1-30)"; done; done' | grep -vE 'address|brforward|ifindex|iflink|IFINDEX'
for d in br0 p1 lo; do ip netns exec sw ls -l /sys/class/net/$d/ | awk '{print $1,$9,$10,$11}' | sort; done
ip netns exec sw bash -c 'cd /sys/class/net; ls -ld z0 z0/ br0/brif br0/bridge p1/brport p1/statistics p1/queues p1/queues/rx-0 p1/power | awk "{print \$1,\$2,\$9,\$10,\$11}"'
ip netns exec sw bash -c 'cd /sys/class/net; ls p1/queues p1/queues/* p1/power p1/statistics br0/brif; for f in z0/queues/*/* lo/queues/*/* z0/power/*; do echo "$f $(cat $f 2>&1)"; done'
ip netns exec sw bash -c 'cd /sys/class/net; readlink -f p1/master p1/brport/bridge br0/brif/p1 br0/lower_p1 z0 z0/subsystem; readlink p1/master p1/brport/bridge br0/brif/p1 br0/lower_p1 p1/upper_br0 z0 z0/subsystem'
ip netns exec sw bash -c 'cat /sys/class/net/p1/master/bridge/stp_state /sys/class/net/br0/brif/p1/bridge/lower_p1/brport/path_cost /sys/class/net/lo/subsystem/p1/mtu; cd /sys/class/net/br0/lower_p1; cat ../br0/type mtu'
ip netns exec sw find -L /sys/class/net/br0/brif -name path_cost 2>&1 | sort
ip netns exec sw bash -c 'cat /sys/class/net/nosuch/mtu /sys/class/net/lo/nosuch /sys/devices/virtual/net/nosuch /sys/class/net/lo/queues/rx-1/rps_cpus /sys/class/net/lo/master'
ip netns exec sw bash -c 'cd /sys/class/net; for w in "foo z0/ifalias" " z0/ifalias" "5 z0/netdev_group" "0x1003 z0/flags" "4098 z0/flags" "100 z0/mtu" "0x600 z0/mtu" "add z0/uevent"; do echo ${w% *} > ${w##* }; echo $? $(cat ${w##* }); done' | grep -v IFINDEX
ip netns exec sw bash -c 'cd /sys/class/net; for w in "x z0/netdev_group" "abc z0/flags" "0 br0/carrier" "1 p1/carrier" "1 z0/proto_down" "10 z0/mtu" "-1 z0/mtu" "99999999999 z0/mtu" "foo z0/uevent"; do echo ${w% *} > ${w##* } 2>/dev/null; echo $?; done' 2>/dev/null
ip netns exec sw bash -c 'rm /sys/class/net/z0/mtu; ls -d /proc/net /proc/net/; readlink /proc/net; cat /proc/self/../sys/net/ipv4/ip_default_ttl; ls /sys/devices/virtual/net | sort'
ip netns exec sw bash -c 'p=/sys/class/net/lo; for i in $(seq 1 19); do p=$p/subsystem/lo; done; cat $p/mtu; cat $p/subsystem/lo/mtu 2>&1 | sed "s/.*: //"; p=/sys/class/net/lo; for i in $(seq 1 60); do p=$p/../lo; done; cat $p/mtu'
ip netns exec sw bash -c 'ls -L /sys/class/net/br0 | sort | head -3; ls -Ll /sys/class/net/br0/brif | cut -c1-10; ls -Ld /sys/class/net/p1/master'
