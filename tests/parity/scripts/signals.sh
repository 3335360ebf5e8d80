# SPDX-License-Identifier: GPL-2.0-or-later
# signals: what a background command ignores, traps while a command runs, the trap of EXIT when a shell is killed
sleep 5 & sleep 0.5; kill -INT $!; sleep 0.2; jobs; kill $!; wait $!; echo $?
sleep 5 & sleep 0.5; kill -QUIT $!; sleep 0.2; jobs; kill -HUP $!; wait $!; echo $?
bash -c 'trap "echo got" INT; sleep 1; echo done' & sleep 0.5; kill -INT $!; wait $!; echo $?
bash -c 'trap "echo got" TERM; sleep 1; echo done' & sleep 0.5; kill -TERM $!; wait $!; echo $?
(trap "echo got" INT; sleep 1; echo done) & sleep 0.5; kill -INT $!; wait $!; echo $?
(trap "echo got; exit 3" TERM; sleep 1; echo done) & sleep 0.5; kill $!; wait $!; echo $?
trap "echo mine" TERM; sleep 0.3 & kill -TERM $$; echo after; wait; echo $?
trap "echo usr" USR1; (sleep 0.3; kill -USR1 $$) & sleep 1; echo end
trap "echo usr" USR1; (sleep 0.3; kill -USR1 $$) & wait; echo "w $?"; wait; echo "w $?"
trap "" TERM; sleep 0.5 & kill $!; wait $!; echo $?
trap - TERM; sleep 0.5 & kill $!; wait $!; echo $?
trap "" INT; bash -c 'kill -INT $$; echo alive'
bash -c 'trap "echo x" INT; kill -INT $$; echo alive'; trap - INT
timeout 1 bash -c 'trap "" TERM; sleep 2; echo survived'; echo $?
timeout 3 sleep 9 & sleep 0.5; kill $!; wait $!; echo $?
timeout 3 sleep 9 & sleep 0.5; kill -INT $!; wait $!; echo $?
timeout -v 3 sleep 9 & sleep 0.5; kill -TERM $!; wait $!; echo $?
ping -q 127.0.0.1 > /tmp/o & sleep 1.5; kill -INT $!; wait $!; echo $?; tail -2 /tmp/o | head -1 | cut -c1-40
ping -q 127.0.0.1 > /tmp/o & sleep 1.5; kill $!; wait $!; echo $?; wc -l < /tmp/o
yes | head -1
read -t 0.5 x < <(sleep 2); echo $?
trap "echo t" USR1; (sleep 0.3; kill -USR1 $$) & read -t 1 x < <(sleep 2); echo $?
trap 'echo bye' EXIT
bash -c 'trap "echo e" EXIT; kill $$'; echo $?
bash -c 'trap "echo e" EXIT; exit 4'; echo $?
bash -c 'trap "echo e; exit 9" TERM; kill $$; echo no'; echo $?
nohup bash -c 'kill -HUP $$; echo alive'
env true; kill -l 15; kill -l TERM
timeout 1 bash -c 'trap "echo cleanup" EXIT; sleep 5; echo no'; echo $?
timeout -s INT 1 bash -c 'trap "echo cleanup" EXIT; sleep 5; echo no'; echo $?
timeout -s HUP 1 bash -c 'trap "echo cleanup" EXIT; ping -q 127.0.0.1 >/dev/null; echo no'; echo $?
bash -c 'trap "echo cleanup" EXIT; sleep 5 & wait; echo no' & sleep 0.3; kill $!; wait $!; echo $?
bash -c 'cleanup() { echo c; kill $P; exit 0; }; trap cleanup TERM INT; sleep 50 & P=$!; wait; echo no' & sleep 0.3; kill $!; wait $!; echo $?
bash -c 'trap "echo c; trap - EXIT; exit 1" INT TERM EXIT; sleep 1; echo end'; echo $?
bash -c 'trap "echo hup" HUP; for i in 1 2 3; do sleep 0.2; echo $i; done' & sleep 0.3; kill -HUP $!; wait $!; echo $?
x=$(trap "echo hi" TERM; kill $BASHPID; echo there); echo "$x"
(echo $BASH_SUBSHELL) & wait; (echo $BASH_SUBSHELL) | cat; (echo $BASH_SUBSHELL); ( (echo $BASH_SUBSHELL) ) & wait; { echo $BASH_SUBSHELL; } & wait
(exit 3) & wait $!; echo $?; (exit 4) | cat; echo ${PIPESTATUS[*]}; ( false; echo x ) > /tmp/zz & wait; cat /tmp/zz
(cat) < /tmp/zz & wait; ( cat; echo $1 ) < /nosuch & wait $!; echo $?
