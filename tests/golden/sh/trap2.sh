trap 'echo "status $?"; exit 9' EXIT
false
exit 4
