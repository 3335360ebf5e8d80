# SPDX-License-Identifier: GPL-2.0-or-later
# the shell around the commands
set -- a b c
echo $# "$@"
for n in red blue; do ip netns add $n && echo made $n; done
ip netns list | wc -l
ip netns list | sort | head -n 1
if ip netns exec red true; then echo yes; else echo no; fi
count=$(ip link | grep -c mtu)
echo "count $count"
nosuchcommand
echo $?
ip link show nosuch 2>/dev/null || echo none
ip link show nosuch >/dev/null 2>&1
echo $?
f() { ip netns exec "$1" ip -br link; return 3; }
f red
echo $?
cat <<END
$count links
END
x=1; while [ $x -le 3 ]; do ip -n red addr add 10.0.0.$x/32 dev lo; x=$((x + 1)); done
ip -n red -br addr
ip netns exec red sh -c 'echo in $0; ip -br addr' name
(cd /run/netns && ls)
sleep 0.3 &
wait
echo done
ip -br addr show lo | sed 's/UNKNOWN/up/'
