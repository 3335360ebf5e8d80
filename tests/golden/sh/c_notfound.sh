#-c
nosuch; echo $?; x() { nosuch; }; x
echo $((1+)); echo never
echo next $0 $#
