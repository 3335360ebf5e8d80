# brctl: bridges, ports, settings, complaints
mount -t sysfs s /sys
ip link add p0 address 02:00:00:00:01:01 type veth peer name q0 address 02:00:00:00:01:02
ip link add p1 address 02:00:00:00:02:01 type veth peer name q1 address 02:00:00:00:02:02
for i in p0 q0 p1 q1; do ip link set $i up; done
t brctl
t brctl show
t brctl addbr br0
t brctl addbr br0
t brctl addbr
t brctl addbr br1 br2
t brctl show
t brctl addif br0 p0
t brctl addif br0 p0
t brctl addif br0 p1
t brctl addif br0 nosuch
t brctl addif nosuch p0
t brctl addif br0 lo
t brctl addif br0
t brctl show
t brctl show br0
t brctl show nosuch
t brctl show p0
ip link set br0 up
sleep 0.3
sleep 0.5; brctl showmacs br0 | grep -v "no\b.*[0-9]$" | sed "s,[0-9.]*$,AGE,"
t brctl showmacs nosuch
t brctl showmacs
t brctl stp br0 on
t brctl show
t brctl stp br0 off
t brctl stp br0 foo
t brctl stp nosuch on
t brctl setageing br0 10
t brctl setfd br0 4
t brctl sethello br0 3
t brctl setmaxage br0 10
t brctl setbridgeprio br0 100
t brctl setbridgeprio br0 0x10
t brctl setpathcost br0 p0 50
t brctl setportprio br0 p0 10
t brctl hairpin br0 p0 on
t brctl setfd br0 x
t brctl setageing br0
t brctl show br0
t brctl delif br0 p0
t brctl delif br0 p0
t brctl delif br0 nosuch
t brctl delif nosuch p0
t brctl delbr br0
ip link set br0 down
t brctl delbr br0
t brctl delbr br0
t brctl delbr p0
t brctl foo
t brctl --help
t brctl --version
t brctl -V
t brctl show br0 br1
t brctl stp br1 yes
t brctl hairpin br1 p0 on
t brctl hairpin br1 p0 x
t brctl setpathcost br1 p0 5
t brctl setportprio br1 p0 x
t brctl setbridgeprio br1 x
t brctl setfd nosuch 4
t brctl setageing nosuch 4
t brctl sethello nosuch 4
t brctl setmaxage nosuch 4
t brctl setmaxage br1 x
t brctl sethello br1 x
t brctl setageing br1 x
t brctl setbridgeprio nosuch 4
t brctl setpathcost br1 p0 x
t brctl setfd br1 1.5
cat /sys/class/net/br1/bridge/forward_delay
t brctl setpathcost lo p0 5
t brctl setpathcost nosuch p0 5
t brctl setportprio br1 nosuch 3
t brctl hairpin lo p0 on
t brctl hairpin nosuch p0 on
t brctl hairpin br1 nosuch on
