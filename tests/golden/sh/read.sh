echo "1 2 3" | { read a b; echo "$a|$b"; }
echo "  x  y  " | { read a; echo "[$a]"; }
echo "a:b:c:d" | { IFS=: read x y z; echo "$x|$y|$z"; }
printf 'a\\b\n' | { read x; echo "$x"; }
printf 'a\\b\n' | { read -r x; echo "$x"; }
printf 'l1\nl2\n' | while read l; do echo "<$l>"; done
printf 'no newline' | { read x; echo "$? $x"; }
read x < /dev/null; echo $?
echo a b c | { read -a arr; echo ${arr[1]} ${#arr[@]}; }
echo hello | { read -n 2 x; echo $x; }
echo a,b | { read -d , x; echo $x; }
echo rep | { read; echo $REPLY; }
echo "a b" | { read x y z; echo "[$x][$y][$z]"; }
printf 'a::b\n' | { IFS=: read x y z; echo "[$x][$y][$z]"; }
printf 'x\\\ny\n' | { read v; echo "$v"; }
printf 'p\nq\n' > f; mapfile -t lines < f; echo ${#lines[@]} ${lines[1]}
