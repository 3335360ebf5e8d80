eval 'x=1; echo $x'
eval echo a '"b  c"'
eval; echo $?
eval false; echo $?
eval "if"; echo $?
eval "echo )"; echo $?
eval nosuch
cat > inc <<'E'
echo "inc $1 $#"
v=fromfile
return 4
echo never
E
. ./inc a b; echo $? $v
source ./inc; echo $?
. ./nosuch; echo $?
. ; echo $?
cat > bad <<'E'
echo ok
nosuch
if
E
. ./bad; echo $?
f() { eval 'return 6'; }; f; echo $?
