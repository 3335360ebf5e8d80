cat < nosuch; echo $?
echo x > /nosuch/y; echo $?
echo x > /tmp; echo $?
echo x >&9; echo $?
cat <&8; echo $?
e=; echo x > $e; echo $?
m="a b"; echo x > $m; echo $?
{ echo a; } < nosuch; echo $?
nosuch < nosuch2; echo $?
for i in 1; do echo $i; done < nosuch
exec 5< nosuch; echo $?
set -C; echo a > f; echo b > f; echo $?; echo c >| f; cat f
