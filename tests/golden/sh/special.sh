#args x y
echo $# $1 $0
echo $?; false; echo $?
[ $$ -gt 0 ] && echo pid
sleep 0.05 & [ -n "$!" ] && echo bg; wait
(echo $BASHPID) | grep -c .
echo $LINENO; f() { echo $LINENO; }
f
r=$RANDOM; [ $r -ge 0 ] && [ $r -lt 32768 ] && echo random
RANDOM=42; echo $RANDOM $RANDOM $RANDOM
echo ${#IFS}
cd /tmp; echo $PWD $OLDPWD | wc -w; cd - > /dev/null; pwd | grep -c /
echo ~ | grep -c /; echo ~root; x=~; echo "$x" | grep -c /; echo "~" a~
: ${D:=def}; echo $D
true; echo $_ > /dev/null
: "a b" ; echo colon $?
time -p true 2>/dev/null; echo t $?
