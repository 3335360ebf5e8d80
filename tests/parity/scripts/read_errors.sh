# SPDX-License-Identifier: GPL-2.0-or-later
# A file that is there and opened but cannot be read: each program says so in its own way.
ip netns add sw
ip netns exec sw head -3 /sys/class/net/lo/speed
ip netns exec sw tail -3 /sys/class/net/lo/speed
ip netns exec sw grep . /sys/class/net/lo/speed
ip netns exec sw sed p /sys/class/net/lo/speed
ip netns exec sw wc /sys/class/net/lo/speed
ip netns exec sw sort /sys/class/net/lo/speed
ip netns exec sw cut -c1 /sys/class/net/lo/speed
ip netns exec sw uniq /sys/class/net/lo/speed
ip netns exec sw tac /sys/class/net/lo/speed
ip netns exec sw awk '{print}' /sys/class/net/lo/speed
ip netns exec sw od /sys/class/net/lo/speed
ip netns exec sw cat /sys/class/net/lo/speed
ip netns exec sw bash -c 'read a < /sys/class/net/lo/speed; echo $? $a'
ip netns exec sw bash -c 'echo $(</sys/class/net/lo/speed)'
ip netns exec sw paste /sys/class/net/lo/speed
ip netns exec sw rev /sys/class/net/lo/speed
ip netns exec sw nl /sys/class/net/lo/speed
ip netns exec sw cp /sys/class/net/lo/speed /run/x
ip netns exec sw md5sum /sys/class/net/lo/speed
ip netns exec sw tr a b < /sys/class/net/lo/speed
ip netns exec sw diff /sys/class/net/lo/speed /sys/class/net/lo/mtu
ip netns exec sw cmp /sys/class/net/lo/speed /sys/class/net/lo/mtu
ip netns exec sw dd if=/sys/class/net/lo/speed bs=16 count=1 2>&1 | head -1
ip netns exec sw grep -c . /sys/class/net/lo/speed /sys/class/net/lo/mtu
ip netns exec sw head -3 /sys/class/net/lo/speed /sys/class/net/lo/mtu
ip netns exec sw tail -n1 /sys/class/net/lo/speed /sys/class/net/lo/mtu
for c in "head -3" "tail -3" "grep ." "sed p" wc sort "cut -c1" uniq "awk {print}" od cat paste rev nl md5sum; do echo "$c"; $c /run; echo $?; done
tr a b < /run
read a < /run
bash -c 'read a < /run; echo $?'
