# A device that is full: who tells it, in which words, with which status
for c in "/bin/echo a" "cat /etc/hostname" "echo a | cat" "ls /" "wc /etc/hostname" "sort /etc/hostname" \
	"sed p /etc/hostname" "grep . /etc/hostname" "env" "md5sum /etc/hostname" \
	"ip link" "sysctl -n net.ipv4.ip_forward" "expr 1 + 1" "/usr/bin/printf x" "head -1 /etc/hostname" \
	"kill -l" "jobs" "command -v ls" "type ls" "pwd" "set" "hash" "cd -" "trap -l" "pushd /" "umask" \
	"times" "xargs echo" "echo a" "printf a" "printf ''" "alias x=y; alias" "export -p" "{ echo a; echo b; }"; do
	echo "== $c"
	(cd /tmp; cd /; eval "$c") </dev/null 2>&1 >/dev/full
	echo "-- $?"
done
for c in "echo a" "printf a" "pwd" "type ls" "set" "kill -l" "command -v ls" "export -p" "umask"; do
	echo "== sh: $c"
	sh -c "$c" 2>&1 >/dev/full
	echo "-- $?"
done
