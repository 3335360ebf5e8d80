x=1; unset x; echo $?
unset nosuch; echo $?
true; x=2; echo $?
false; x=3; echo $?
false; x=$(true); echo $?
x=$(false) y=$(true); echo $?
> f; echo $?
false; > f; echo $?
f() { :; }; false; f; echo $?
false; { :; }; echo $?
false; if false; then :; fi; echo $?
(false); echo $?
false
echo $?
