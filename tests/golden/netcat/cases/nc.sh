ip link set lo up
ip link add va type veth peer name vb
ip addr add 10.5.0.1/24 dev va
ip link set va up; ip link set vb up
iptables -A OUTPUT -d 127.0.0.9 -j DROP
c() { echo "\$ echo hello | $*"; echo hello | "$@" > /run/out 2> /run/err; rc=$?; cat /run/out; sed 's/^/2> /' /run/err; echo "= $rc"; }
# a listener with OPTIONS, its output printed by `done_`
s() { echo "\$ $* &"; "$@" < /dev/null > /run/sout 2> /run/serr & pid=$!; sleep .4; }
done_() { wait $pid; echo "server = $?"; sed 's/port [0-9]*/port P/; s/ [0-9]*$/ P/' /run/sout; sed 's/^/2> /; s/ [0-9][0-9]*$/ P/' /run/serr; }
s timeout 5 nc -d -l 80;            c nc -N -w 2 127.0.0.1 80; done_
s timeout 5 nc -l 80;               c nc -N -v 127.0.0.1 80; done_
s timeout 5 nc -n -v -l -p 80;      c nc -nv -N 127.0.0.1 80; done_
s timeout 5 nc -v -l -p 80;         c nc -v -N localhost 80; done_
s timeout 5 nc -v -l 127.0.0.1 80;  c nc -q 0 localhost 80; done_
s timeout 3 nc -l -s 127.0.0.1 -p 80; c nc -N 127.0.0.1 80; done_
s timeout 3 nc -l -s 10.5.0.1 -p 80; c nc -N 127.0.0.1 80; c nc -N 10.5.0.1 80; done_
c timeout 1 nc -l -s 10.5.9.9 -p 80
c timeout 1 nc -l -s 127.0.0.1
c timeout 1 nc -l -s 127.0.0.1 80
c timeout 1 nc -l -s localhost -p 80
s timeout 3 nc -k -l 80;            c nc -N 127.0.0.1 80; c nc -N 127.0.0.1 80; c nc -q 1 127.0.0.1 80; done_
s timeout 5 nc -w 1 -l 80;          c nc 127.0.0.1 80; done_
s timeout 5 nc -d -w 1 -l 80;       c nc 127.0.0.1 80; done_
s timeout 2 nc -d -l 80;            c nc -w 1 -q 1 127.0.0.1 80; done_
s timeout 2 nc -d -l 80;            c timeout 1 nc 127.0.0.1 80; done_
s timeout 3 nc -W 1 -l 80;          c nc -N 127.0.0.1 80; done_
s timeout 2 nc -u -l 53;            c nc -u -q 0 127.0.0.1 53; done_
s timeout 2 nc -u -l 53;            c nc -u -w 1 127.0.0.1 53; done_
s timeout 2 nc -u -w 1 -l 53;       c nc -u -q 1 127.0.0.1 53; done_
s timeout 2 nc -nvu -l 53;          c nc -u -q 0 127.0.0.1 53; done_
s timeout 2 nc -vu -l 53;           c nc -u -q 0 127.0.0.1 53; done_
s timeout 4 nc -k -u -l 53;         c nc -u -q 0 127.0.0.1 53; c nc -u -p 99 -q 0 127.0.0.1 53; done_
s timeout 5 nc -k -d -u -l 53;      c nc -z -v -u 127.0.0.1 53; done_
s timeout 3 nc -k -d -u -l 53;      c nc -w 1 -v -u 127.0.0.1 53; done_
s timeout 3 nc -k -d -u -l 53;      c nc -w 1 -z -u 127.0.0.1 53; done_
s timeout 3 nc -W 1 -d -u -l 53;    c nc -w 1 -u 127.0.0.1 53; done_
s timeout 2 nc -d -l 80;            t nc -z 127.0.0.1 80; done_
s timeout 2 nc -d -l 80;            t nc -zv 127.0.0.1 80; done_
s timeout 2 nc -d -k -l 81;         t nc -zv 127.0.0.1 80-82; done_
s timeout 2 nc -d -l 80;            t nc -zv -p 4444 -s 127.0.0.2 127.0.0.1 80; done_
c nc -u -w 1 127.0.0.1 54
c nc -v -u -w 1 127.0.0.1 54
t nc -zvu 127.0.0.1 54
t nc -v -w 1 127.0.0.9 80
t nc -vn -w 1 127.0.0.9 80
t nc -z -w 1 127.0.0.9 80
t nc -v -z -n -w 5 10.5.0.77 80
t nc -v -z -w 5 10.5.0.78 80
t nc 127.0.0.1 80
for o in "" "127.0.0.1" "-l" "127.0.0.1 70000" "127.0.0.1 0" "127.0.0.1 x" "-z 127.0.0.1 80-x" "-zv 127.0.0.1 80-83" "-zv 127.0.0.1 83-80" "-v -w 1 nohost 80" "-w x 1.1.1.1 1" "-w -1 1.1.1.1 1" "-w 99999999 1 1" "-q x 1 1" "-l -z 80" "-k 1 2" "-l -s 1.1.1.1 80" "-p" "-Q" "-s 9.9.9.9 127.0.0.1 80" "-v -s 9.9.9.9 127.0.0.1 80" "-v 10.9.9.9 80" "-v localhost 81" "-vn localhost 81" "-vn 127.0.0.1 81" "-l -v 1.2.3.4 80" "-l -u -v 1.2.3.4 80" "-p 80 -l 81" "-zv 127.0.0.1 http" "-zv 127.0.0.1 80 81" "a b c" "-v -u -z 10.9.9.9 80" "-i x 1 1" "-W 0 1 1" "-M 300 1 1" "-l -p 1 -p 2 3" "-h" "-v 127.1 80" "-p x 127.0.0.1 80" "-s nohost 127.0.0.1 80" "-l nohost 80" "-l x"; do
	t timeout 3 nc $o
done
