f() { [ $1 -eq 0 ] && { echo bottom; return; }; f $(($1-1)); }
f 40
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(( $1 * $(fact $(($1-1))) )); fi; }
fact 6
