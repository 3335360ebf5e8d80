nosuch
/nosuch/x
/tmp
touch plain; ./plain; echo $?
nosuch | cat; echo $?
x=$(nosuch); echo $?
nosuch && echo no || echo yes
PATH=; ls; echo $?
""
