echo one > f; echo two >> f; cat f
cat < f
cat < f > g; cat g
echo err >&2 2>/dev/null
{ echo o; echo e >&2; } > both 2>&1; cat both
{ echo o2; echo e2 >&2; } &> both; cat both
echo o3 &>> both; cat both
exec 3> f3; echo to3 >&3; exec 3>&-; cat f3
exec 4< f; read l <&4; echo $l; read l <&4; echo $l; exec 4<&-
> empty; cat empty; echo $?
cat <<< "here $((1+1))"
2>&1 echo pre
x=f; echo hi > $x; cat $x
while read l; do echo "<$l>"; done < both
if true; then echo a; echo b; fi > c; cat c
(echo s) > s; cat s
echo a 1>&2 2>&1 | cat
echo a > f > g; cat f g
rm -f *
