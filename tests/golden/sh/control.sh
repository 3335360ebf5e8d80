if true; then echo a; fi
if false; then echo b; elif true; then echo c; else echo d; fi
if false; then echo x; else echo y; fi
if false; then echo n; fi; echo $?
while false; do echo n; done; echo $?
i=0; until [ $i -eq 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done
for i in 1 2 3 4; do if [ $i = 3 ]; then break; fi; echo $i; done
for i in 1 2; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done
for i in 1 2; do for j in a b; do break 2; done; done; echo $i$j
for i in; do echo never; done; echo $?
{ echo g1; echo g2; }
(x=1; echo $x; exit 4); echo $? "[$x]"
! true; echo $?; ! false; echo $?
true && echo t || echo f
false && echo t || echo f
false || false; echo $?
true && false || echo three
