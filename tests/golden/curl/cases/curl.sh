ip link set lo up
ip link add va type veth peer name vb; ip addr add 10.5.0.1/24 dev va; ip link set va up; ip link set vb up
iptables -A OUTPUT -d 127.0.0.9 -j DROP
mkdir -p /run/web/sub; cd /run/web; echo hi > index0.txt; : > z; seq 100000 > big
/usr/bin/python3 -m http.server 8000 > /dev/null 2>&1 & server=$!
sleep 1
mask() { sed 's/Date: .*/Date: D\r/; s/Last-Modified: .*/Last-Modified: D\r/; s/after [0-9]* m/after N m/' | tr '\r' '\n'| sed '/--:--/s/ *[0-9k]*  *[0-9k]* --:/ N N --:/;/--:--/s/ [ 0-9k]*$/ N/;/--:--/s/:0[0-9] /:0N /'; }
c() { echo "\$ curl $*"; timeout 9 curl "$@" > /run/out 2> /run/err < /dev/null; rc=$?; mask < /run/out; mask < /run/err | sed 's/^/2> /'; echo "= $rc"; }
# an answer of our own
a() { printf "$1" | timeout 3 /bin/nc.openbsd -N -l 82 > /run/req 2>&1 & sleep .3; }
U=http://127.0.0.1:8000
c -s $U/z
c -s $U/index0.txt
c -s -v $U/index0.txt
c $U/index0.txt
c -v $U/index0.txt
c -s -i $U/index0.txt
c -s -I $U/index0.txt
c -I $U/index0.txt
c -s $U/sub
c -s -v localhost:8000/z
c -s $U/big -o /run/o; cmp /run/o big && echo same
c -sS $U/nope
c -sSf $U/nope
c -sf $U/nope
c -fv $U/nope
c -s -o /dev/null -w '%{http_code}\n' $U/index0.txt
c -s -o /dev/null -w '%{http_code} %{size_download} %{remote_ip} %{remote_port} %{local_ip} %{url_effective} %{content_type} %{exitcode} %{errormsg} %{num_connects} %{method} %{scheme} %{response_code} %{http_version} %{size_header} %{size_request} %{foo} \t%%\n' $U/index0.txt
c -s -o /dev/null -w '%{http_code}\n' http://127.0.0.1:81/
c -s -S http://127.0.0.1:81/
c -v http://127.0.0.1:81/
c -sS -m 2 http://127.0.0.9/
c -sS --connect-timeout 1 http://127.0.0.9/
c -v -m 1 http://127.0.0.9/
c -sS http://10.5.0.77/
c -v -sS http://10.5.0.78/
c -sS http://10.9.9.9/
c -v -sS http://10.9.9.9/
c -sS http://nohost/
c -v -sS http://nohost/
c
c -s
c --frob x
c -sS foo://127.0.0.1/
c -sS http://
c -sS ""
c -sS 127.0.0.1:81
c -m
c -m x 127.0.0.1:81
c -sS -H 'Host: a' -H 'X: y' -A me $U/z
a ''; c -v -m 1 http://127.0.0.1:82/
a 'garbage\n'; c -v -m 1 http://127.0.0.1:82/a?b#c; cat /run/req
a 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'; c -sS -m 2 http://127.0.0.1:82/
a 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc'; c -v -m 2 http://127.0.0.1:82/
a 'HTTP/1.0 200 OK\r\n\r\nabc'; c -sSv -m 2 http://127.0.0.1:82/
a 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc'; c -sSv -m 2 http://127.0.0.1:82/
timeout 3 /bin/nc.openbsd -d -l 82 > /dev/null & sleep .3; c -sSv -m 1 http://127.0.0.1:82/
kill $server
