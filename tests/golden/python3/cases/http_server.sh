ip link set lo up
mkdir -p /run/web/sub/deep /run/idx
cd /run/web; echo hi > index0.txt; echo '<b>x</b>' > 'a b&c.html'; echo '{}' > d.json; : > Z; echo a > .hidden; echo b > B.log; echo page > /run/idx/index.html
unset PYTHONUNBUFFERED
mask() { sed 's/^Date: .*/Date: D\r/; s/^Last-Modified: .*/Last-Modified: D\r/; s/\[[0-9][^]]*\]/[D]/'; }
s() { echo "\$ $* &"; "$@" > /run/sout 2> /run/serr & pid=$!; sleep 1.2; }
e() { kill $1 $pid; wait $pid; echo "server = $?"; sed 's/^/out> /' /run/sout; mask < /run/serr | sed 's/^/2> /'; }
g() { echo "\$ $*"; timeout 3 "$@" 2>&1 | mask; }
raw() { echo "raw $1"; printf "$1" | timeout 3 /bin/nc.openbsd -q 0 -w 1 127.0.0.1 8000 | mask; }
C="/usr/bin/curl -s -i --path-as-is"
s python3 -m http.server
for p in / /sub /sub/ /sub/deep/ /index0.txt /nope /a%20b%26c.html /d.json /Z /.hidden /B.log /../etc '/?q=1' '/sub?x' /index0.txt/ /%zz //d.json /./sub/../d.json; do g $C "http://127.0.0.1:8000$p"; done
g /usr/bin/curl -s -I http://127.0.0.1:8000/
g /usr/bin/curl -s -I http://127.0.0.1:8000/d.json
g /usr/bin/curl -s -I http://127.0.0.1:8000/nope
g /usr/bin/curl -s -i -d x http://127.0.0.1:8000/
raw 'GET\r\n\r\n'
raw 'GET /Z\r\n\r\n'
raw 'GET /d.json\r\n\r\n'
raw 'PUT /d.json\r\n\r\n'
raw 'GET /d.json HTTP/1.1\r\nHost: x\r\n\r\n'
raw 'GET /d.json HTTP/3.1\r\nHost: x\r\n\r\n'
raw 'GET /d.json FOO/1\r\n\r\n'
raw 'GET /a b c HTTP/1.0\r\n\r\n'
raw '<b> / HTTP/1.0\r\n\r\n'
raw '\r\n\r\n'
raw ''
e -TERM
s python3 -u -m http.server 8001 --bind 127.0.0.1 -d /run/idx; g $C http://127.0.0.1:8001/; e -TERM
s python3 -m http.server -b 127.0.0.1 8002 --directory=/nonesuch; g $C http://127.0.0.1:8002/; e -TERM
t timeout 2 python3 -m http.server 8003 --bind 1.2.3.4
t timeout 2 python3 -m http.server 80x
t timeout 2 python3 -m http.server --frob
t timeout 2 python3 -m http.server 1 2
t timeout 2 python3 -m http.server --bind
t timeout 2 python3 -m http.server -h
t timeout -s INT 2 python3 -m http.server 8004
