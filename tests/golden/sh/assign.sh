x=1
y="a b" z='c d'
echo $x "$y" $z
x+=2; echo $x
unset x; echo "[$x]"
x= ; echo "[$x]"
x=$y; echo "[$x]"
a=1 b=$a; echo $b
x=1 y=2 echo "$x-$y"
x=5 ; x=7 eval 'echo $x'; echo $x
1x=3
