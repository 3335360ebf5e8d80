# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: every option, statuses, what it says
timeout
timeout 1
timeout -x
timeout --foo 1 true
timeout 1 true
timeout 1 false
timeout 1 sleep 5
timeout -s TERM 1 sleep 5
timeout -s KILL 1 sleep 5
timeout -s 9 1 sleep 5
timeout -s INT 1 sleep 5
timeout -s SIGINT 1 sleep 5
timeout -s sigint 1 sleep 5
timeout -s int 1 sleep 5
timeout -s FOO 1 sleep 5
timeout -s 99 1 sleep 5
timeout -s 0 1 sleep 2
timeout -k 1 1 sleep 5
timeout -k 1 -s INT 1 bash -c 'trap "" INT TERM; sleep 5'
timeout --preserve-status 1 sleep 5
timeout --preserve-status -s INT 1 sleep 5
timeout --preserve-status -k 1 1 bash -c 'trap "" TERM; sleep 5'
timeout --foreground 1 sleep 5
timeout -v 1 sleep 5
timeout -v -k 1 1 bash -c 'trap "" TERM; sleep 5'
timeout -v -s HUP 1 sleep 5
timeout --signal=TERM 1 sleep 5
timeout --kill-after=1 1 sleep 5
timeout --kill-after=x 1 sleep 5
timeout -k x 1 sleep 5
timeout x sleep 5
timeout 1x sleep 5
timeout 0.5 sleep 5
timeout 0.5s sleep 5
timeout .5 sleep 5
timeout 0 sleep 0.1
timeout 1m sleep 0.1
timeout 1h true
timeout 1d true
timeout -1 true
timeout 1e0 sleep 3
timeout inf true
timeout 1 nosuchcommand
timeout 1 /
timeout 1 bash -c 'exit 3'
timeout 1 bash -c 'kill -9 $$'
timeout 1 bash -c 'kill -TERM $$'
timeout 1 bash -c 'echo hi; sleep 3; echo no'
timeout 1 cat < /dev/null
echo hi | timeout 1 cat
timeout 5 timeout 1 sleep 9
timeout 1 ping -c 1 127.0.0.1 >/dev/null
timeout -sTERM 1 sleep 3
timeout -k1 1 sleep 3
timeout -- 1 true
timeout 1 -- true
timeout 1 sleep
timeout 99999999999999999999 true
timeout 1 bash -c 'trap "echo got; exit 7" TERM; sleep 5 & wait'
timeout --preserve-status 1 bash -c 'trap "echo got; exit 7" TERM; sleep 5 & wait'
timeout -k 1 1 bash -c 'trap "echo got; exit 7" TERM; sleep 5 & wait'
