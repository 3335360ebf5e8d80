sh -c 'kill -15 $$'; echo $?
sh -c 'kill -9 $$'; echo $?
sh -c 'kill -2 $$'; echo $?
(kill -9 $BASHPID; :); echo $?
x=$(kill -9 $BASHPID); echo $?
sleep 5 & kill -9 $!; wait $!; echo $?
sleep 5 & kill -HUP $!; wait $!; echo $?
