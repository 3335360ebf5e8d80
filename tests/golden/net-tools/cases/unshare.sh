# unshare: namespaces, statuses, complaints
t unshare --foo
t unshare --help
t unshare -V
t unshare -n ip -br link
t unshare -n false
t unshare -n nosuch
t unshare -n /tmp
t unshare -u sh -c 'hostname foo; hostname'
t unshare -f sh -c 'exit 7'
t unshare -pf sh -c 'echo $$; exit 5'
t unshare -pf --kill-child --mount-proc sh -c 'echo $$'
t unshare -p sh -c ls -d /
t unshare -f sh -c 'kill -9 $$'
t unshare -m sh -c 'mount -t tmpfs x /mnt && ls -a /mnt'
t unshare -w /tmp pwd
t unshare -w /nosuch pwd
t unshare -Urn sh -c 'id -u'
t unshare --propagation foo true
t unshare --propagation unchanged -m true
t unshare true
t unshare -pf --mount-proc cat /proc/1/comm
