g() { while read x; do if [ $x = 1 ]; then echo $x; else echo b; fi; done < /dev/null; case $1 in a|b) echo 1;; *) echo 2;; esac; for i in 1 2; do echo $i && true || false; done; { a; b; } > x; ( c; d ) & }
declare -f g
h() { x=1 y=2 cmd "a b" 'c' > f 2>&1 < g; until false; do a | b | c; done; [[ a == b && -n c ]]; ((1+1)); return 1; }
type h
k() if true; then echo a; elif false; then echo b; else echo c; fi
declare -f k
