x="a b" n=5
[[ $x == "a b" ]] && echo 1
[[ $x == a* && $n -gt 3 ]] && echo 2
[[ $x = "a*" ]] || echo 3
[[ -z $nope || -n $x ]] && echo 4
[[ ! -e /nosuch ]] && echo 5
[[ ( a == b || c == c ) && 1 -lt 2 ]] && echo 6
[[ abc =~ ^a(.)c$ ]] && echo ${BASH_REMATCH[0]} ${BASH_REMATCH[1]}
[[ 10.0.0.1 =~ ^[0-9]+\.[0-9]+ ]] && echo "${BASH_REMATCH[0]}"
[[ a < b ]] && echo 8
[[ $n -eq 2+3 ]] && echo 9
[[ $nope ]] || echo 10
[[ a != b ]] && echo 11
re='^x'; [[ xyz =~ $re ]] && echo 12; [[ "^x" =~ "^x" ]] && echo 13
if [[ $x == *b ]]; then echo 14; fi
[[ -d /tmp && ! -f /tmp ]]; echo $?
[[ "" ]]; echo $?
