sleep 3 & jobs
kill $!; wait
jobs
sleep 0.1 & sleep 0.3; jobs; jobs
(exit 3) & sleep 0.2; jobs
sleep 3 & sleep 4 &
jobs -l | grep -c sleep; jobs -p | wc -l; kill %1 %2
