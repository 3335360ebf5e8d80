#!/bin/sh
#@ from: prompts.md
ip netns add a1 # line 3
ip netns add a2 # line 4
ip netns add a3 # line 5
ip netns add a4 # line 6
ip netns add a5 # line 7
ip netns add a6 # line 8
ip netns add a7 # line 9
ip netns add a8 # line 10
ip netns add a9 # line 11
ip netns add b1 # line 14
ip netns add b2 # line 15
ip netns add b3 # line 16
ip netns add c1 # line 19
ip netns add c2 # line 21
ip netns add c3 # line 22
ip netns add c4 # line 23
ip netns add c5 # line 24
ip netns add c6 # line 25
ip netns add c7 # line 26
ip netns add c8 # line 27
unshare -n bash <<'END' # line 31
ip link set lo up
ping -c1 127.0.0.1
END
# line 40: nsenter --net=/run/netns/a1: what follows is typed there
nsenter --net=/run/netns/a1 ip link set lo up # line 41
nsenter --net=/run/netns/a1 bash -c 'echo 1 > /proc/sys/net/ipv4/ip_forward' # line 42
nsenter --net=/run/netns/a1 bash -c 'ip addr | grep inet' # line 43
ip netns add d1 # line 48
ip netns add e1 && \
  ip netns add e2 && \
  ip netns add e3 # line 52
ip netns exec e1 bash -c '
  ip link set lo up
  ping -c1 127.0.0.1
' # line 56
function mk() {
  ip netns add $1
} # line 60
mk e4 # line 64
mk e5 # line 65
cat <<'EOF' | tee /tmp/x.sh # line 67
#!/bin/bash
ip link
EOF
while ! ip netns exec e1 ping -c1 -W1 127.0.0.1; do
   sleep 1
done # line 71
if [ -e /run/netns/e1 ]
then
   echo yes
fi # line 74
