echo $((1+)); echo never
echo $((1/0)); echo never
echo $((08)); echo never
echo $((a b)); echo never
echo $((1=2)); echo never
echo $((2**-1))
echo $((4%0))
((1+)); echo $?
let "1 +"; echo $?
let; echo $?
echo $((1 ? 2)); echo never
x="1+"; echo $((x))
echo next
