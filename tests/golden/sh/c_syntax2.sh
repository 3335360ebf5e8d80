#-c
echo a; echo )
