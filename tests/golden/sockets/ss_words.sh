# Words of a filter in one word of the line, as test scripts write them
ip link set lo up
nc -lk 127.0.0.1 8080 &
nc -lk 127.0.0.1 8081 &
sleep 0.3
for f in 'sport = :8080' '( sport = :8080 )' '(sport = :8080)' 'sport=:8080' 'sport =:8080' 'sport = 8080' 'sport = :8080 or sport = :8081' 'sport == :8080||sport == :8081' 'not sport = :8080' '! sport = :8080' '!sport = :8080' '!( sport = :8080 )' 'sport != :8080' 'sport !=:8080' 'sport >= :8081' 'sport>=:8081' 'src 127.0.0.1' 'src 127.0.0.1:8080' 'sport = :8080 & src 127.0.0.1' 'sport = :8080 && dst 1.2.3.4' '' ' ' 'sport = :8080)' 'state listening' 'dport = :0 ( sport = :8081 )' 'sport eq :8080' '	sport	=	:8081 '; do echo "## $f"; ss -Hltn "$f"; echo $?; done
ss -Hltn sport = :8080 or 'sport = :8081'
ss -lnt -o "sport = :8080" | grep -c LISTEN
ss -Hltn '( sport = :8080 or' 'sport = :8081 )'
ss -Htn state all '( sport = :8080 )'
ss -Hltn src 127.0.0.1 '( sport = :8080 )'
kill %1 %2
