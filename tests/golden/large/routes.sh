# A million routes: found, listed, taken away
n=${ROUTES:-1000000}
ip link add v0 type veth peer name v1
ip addr add 10.0.0.1/24 dev v0
ip link set v0 up
ip link set v1 up
seq 0 $((n - 1)) | awk '{ printf "route add %d.%d.%d.%d/32 via 10.0.0.2\n", 11 + $1 / 16777216, $1 / 65536 % 256, $1 / 256 % 256, $1 % 256 }' >/run/routes
ip -batch /run/routes; echo "status $?"
last=11.$(((n - 1) / 65536 % 256)).$(((n - 1) / 256 % 256)).$(((n - 1) % 256))
next=11.$((n / 65536 % 256)).$((n / 256 % 256)).$((n % 256))
ip -o route | wc -l | awk -v n=$n '{ print $1 - n }'
ip route get $last | head -1 | sed "s/$last/LAST/; s/uid.*//"
ip route get $next; echo "status $?"
ip route add $last/32 via 10.0.0.2; echo "status $?"
ip route del $last/32; echo "status $?"
ip route del $last/32; echo "status $?"
ip route get $last; echo "status $?"
ip route get 11.0.0.0 | head -1 | sed 's/uid.*//'
ip link set v0 down
ip -o route | wc -l
