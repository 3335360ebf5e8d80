ip link set lo up
ip link add va type veth peer name vb; ip addr add 10.5.0.1/24 dev va; ip link set va up; ip link set vb up
mkdir -p /run/w/sub/d /run/o; cd /run/w; printf 'a\nb\r\n' > f; echo two > g
/usr/bin/python3 -m http.server 8000 > /dev/null 2>&1 & server=$!
sleep 1
cd /run/o
mask() { sed 's/Date: .*/Date: D\r/; s/Last-Modified: .*/Last-Modified: D\r/; s/after [0-9]* m/after N m/' | tr '\r' '\n'| sed '/--:--/s/ *[0-9k]*  *[0-9k]* --:/ N N --:/;/--:--/s/ [ 0-9k]*$/ N/;/--:--/s/:0[0-9] /:0N /'; }
c() { echo "\$ curl $*"; timeout 9 curl "$@" > /run/out 2> /run/err < /dev/null; rc=$?; mask < /run/out; mask < /run/err | sed 's/^/2> /'; echo "= $rc"; }
# an answer of our own
a() { printf "$1" | timeout 3 /bin/nc.openbsd -N -l 82 > /run/req 2>&1 & sleep .3; }
U=http://127.0.0.1:8000
c -s $U/f $U/g
c -sv $U/f $U/g
c -s $U/f -o a $U/g; ls
c -s -o a -o b $U/f $U/g; cat a b; rm -f a b
c $U/f $U/g
c -s -w '%{http_code} %{url} %{num_connects}\n' -o /dev/null $U/f $U/g
c -sv -X POST $U/f
c -sv -d a=b $U/f
c -s -X DELETE -w '%{http_code} %{method}\n' $U/f
c -sv -d a=b -d c=d $U/f -o /dev/null
c -sv -X PUT -d @/run/w/f $U/f -o /dev/null
c -sO $U/f; ls; rm -f f
c -O $U/f; rm -f f
c -sO $U/
c -sO $U
c -O $U/
c -O -O $U/f $U/g; ls
c -sL $U/sub
c -svL $U/sub
c -sL -o /dev/null -w '%{http_code} %{num_redirects} %{url_effective} %{redirect_url} %{num_connects} %{size_header} %{size_request}\n' $U/sub
c -s -o /dev/null -w '%{http_code} %{redirect_url}\n' $U/sub
c -sLI $U/sub
c -L $U/sub
c -sL --max-redirs 0 $U/sub
c -sSvL --max-redirs 0 $U/sub
c -sv --interface lo $U/f
c -sv --interface 127.0.0.1 $U/f
c -sv --interface va http://10.5.0.1:8000/f
c -sSv --interface nosuch $U/f
c -sSv --interface 10.99.0.1 $U/f
c -sv --local-port 5555 $U/f
c -sSv --local-port 8000 $U/f
c -sSv --local-port 7999-8001 --interface 127.0.0.1 $U/f
c -sv --local-port 5600-5610 $U/f
c -sS --local-port x $U/f
c -sS $U/f http://127.0.0.1:81/
c -sS http://127.0.0.1:81/ $U/f
c -sSv http://127.0.0.1:81/ $U/f
c -sS http://127.0.0.1:81/ foo://x $U/f
c --fail-early -sS http://127.0.0.1:81/ $U/f
c -sS --data-raw @x $U/f -o /dev/null
c -sG -d a=b -v $U/f
c -s -e http://ref/ -v $U/f
c -sS -I -d x $U/f
c -I -d x $U/f
c -sSi -X OPTIONS $U/f
c -v -X GET -s $U/nope -o /dev/null
c -X HEAD -I -s $U/f
c -d @nofile -s -o /dev/null $U/f
c -sS -o a -o b $U/f
c -o a -o b $U/f
c -d x=1 $U/f
c -sS -X 'A B' -o /dev/null $U/f
c -sSG -d a -d b=c -o /dev/null -w '%{url_effective}\n' $U/f?x=1
c -sS -w '%{time_appconnect} %{time_redirect} %{http_connect} %{ssl_verify_result} %{size_upload} %{speed_upload} %{onerror} %{referer} %{nosuch}\n' -o /dev/null $U/f
a 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'; c -sv --data-binary @/run/w/f http://127.0.0.1:82/; cat /run/req
a 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'; c -sv -d @/run/w/f http://127.0.0.1:82/; cat /run/req
a 'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:8000/f\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc'; c -svL http://127.0.0.1:82/
a 'HTTP/1.1 302 Found\r\nLocation: g\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc'; c -sSvL http://127.0.0.1:82/x/y
kill $server
