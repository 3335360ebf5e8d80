# ps: columns and choices; figures of time and memory are cut out
sleep 100 &
p() { echo "\$ ps $*"; ps "$@" > /run/out 2> /run/err; rc=$?; grep -v '\bps\b\|hostsys\|\bsed\b' /run/out | sed 's/[0-9][0-9]:[0-9][0-9]\b/TT:TT/g; s/ [0-9]*\.[0-9] / F /g; s/  *[0-9]\{4,5\}  *[0-9]\{3,5\} / V R /; s/^ *[0-9][0-9]* / N /; s/ *[0-9]* *\(sleep\)/ N \1/'; cat /run/err; echo "= $rc"; }
p
p -e
p -ef
p ax
p -f
p u
p aux
p -u root
p -o pid,comm
p -o pid,ppid,cmd
p -p 1
p -p 99999
p 1
p -C sleep
p h
p -e --no-headers
p -x
p -w
p --nosuch
p -o nosuch
p --help
p -V
p -o pid= -o comm=
p -o pid=XX,comm
p -N
p -a
p a
p x
p -d
p -A
p -eo pid,ppid,user,uid,s,tty,time,nlwp,ni,pri
p -p 1 -o args,comm,stat
p -p 1,2 -o pid
p -p x
p --pid 1 -o comm
p --ppid 0 -o comm
p -u nosuchuser
