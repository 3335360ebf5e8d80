echo hi | cat
printf 'b\na\n' | sort | cat
echo x | { read y; echo "got $y"; }; echo "[$y]"
false | true; echo $?
true | false; echo $?
set -o pipefail; false | true; echo $?; set +o pipefail
! echo a | grep -q b; echo $?
echo a |
cat
(echo a; echo b >&2) 2>&1 | sort
echo a |& cat
exit 3 | exit 4; echo $? ${PIPESTATUS[@]}
for i in 3 1 2; do echo $i; done | sort
echo $(echo a | cat | cat)
nosuch 2>/dev/null | cat; echo $?
