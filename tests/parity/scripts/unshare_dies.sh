# SPDX-License-Identifier: GPL-2.0-or-later
# unshare --fork dies of what its child died of
unshare --net --fork sh -c 'kill -TERM $$'; echo $?
unshare --net --fork sh -c 'kill -KILL $$'; echo $?
unshare --net --fork sleep 1000 &
sleep 0.3
pkill sleep
wait $!; echo $?
