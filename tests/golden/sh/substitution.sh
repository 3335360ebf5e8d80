x=$(echo hi; echo there); echo "$x"; echo $x
echo `echo a b` "`echo \"q\"`" `echo \`echo nest\``
echo $(echo $(echo deep)) "$(echo "a  b")"
x=$(false); echo $?
x=$(exit 7); echo $? "[$x]"
echo $(false) $?
n=$(printf 'a\n\n\n'); echo "[$n]"
echo "$(case a in a) echo in;; esac)"
y=$(x=inner; echo $x); echo $y "$x"
echo $(cat <<E
here
E
)
echo $((1+$(echo 2)))
echo $(( $(echo 3) * 2 )) $( (echo sub) )
