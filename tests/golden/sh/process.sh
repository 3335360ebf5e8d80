cat <(echo 1) <(echo 2)
while read x; do echo "<$x>"; done < <(echo p; echo q)
wc -l < <(printf "a\nb\n")
f() { cat $1; }; f <(echo in f)
x=1; while read y; do x=$y; done < <(echo 5); echo $x
mapfile -t a < <(printf "p\nq\n"); echo ${#a[@]}
cat <(cat <(echo nested))
