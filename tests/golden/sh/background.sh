sleep 0.1 & p=$!
wait $p; echo $?
(exit 5) & wait $!; echo $?
sleep 5 & kill $!; wait $!; echo $?
sleep 5 & kill -9 $!; wait $! ; echo $?
sleep 5 & sleep 6 & kill %1 %2; wait; echo $?
{ sleep 0.2; echo late; } & echo early; wait
wait; echo $?
wait 999999; echo $?
wait %9; echo $?
kill %7; echo $?
kill abc; echo $?
kill 999999; echo $?
kill -l 15 9 TERM
kill -FOO 1; echo $?
true & true & wait; echo done
f() { sleep 0.1; return 4; }; f & wait $!; echo $?
