echo "a\nb"; echo -e "a\tb\x41\0101"; echo -e "x\cy"; echo
echo -n no; echo; echo -E 'a\n'; echo -ne 'q\n'; echo -z -n; echo - --
printf '%s-%d\n' a 1 b 2; printf '%5s|%-5s|%05d|%x|%X|%o|%c\n' ab cd 42 255 255 8 xyz
printf '%.2f %e %g\n' 3.14159 1000 0.5; printf '%b' 'a\tb\n'; printf '%q\n' "a b" "" "it's" '$x'
printf '%%\n'; printf 'no newline'; printf '\n'; printf '%s\n'; printf '%d\n' 0x1f 010 "'a"
printf '%d\n' abc 5x; echo $?
printf '%*d|%-*s|\n' 5 42 4 ab; printf '%.3s\n' abcdef; printf '%+d % d\n' 5 5
printf -v v '%03d' 7; echo $v; printf '\101\x42\n'; printf '%s %s\n' a b c
printf '%z\n'; echo $?; printf '%i\n' -3; printf '%s\n' "$(printf 'a\nb')"
printf '%-10s%s\n' red 10.0.0.1 blue 10.0.0.2
