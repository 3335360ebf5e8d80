echo {a,b}c x{1,2}{3,4}y {1..5} {5..1} {01..03} {a..e} {1..10..3}
echo {a} {} {a,} {,b} a{b{c,d},e}f
echo "{a,b}" '{a,b}' \{a,b} {a\,b,c}
x=1; echo {$x,2} ${x}{a,b} {$x..3}
y={a,b}; echo $y
for i in {1..3}; do echo -n $i; done; echo
echo {-2..2} {c..a} {1..a}
echo pre{"a b",c}post
