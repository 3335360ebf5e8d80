sleep 2 & sleep 3 | cat & (sleep 2; :) & { sleep 2; } & for i in 1; do sleep 2; done &
jobs
kill %1 %2 %3 %4 %5
wait
