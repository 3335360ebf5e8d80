select x in a b c; do echo "chose $x $REPLY"; break; done <<< 2
echo $?
PS3="Pick one: "
printf '1\n\nzz\n9\n3\n' | { select n in red blue "two words"; do echo "[$n] $REPLY"; done; echo rc $?; }
select d; do echo no; done
echo $?
set -- p q
select d; do echo "$d"; [ $d = q ] && break; done < <(echo 1; echo 2)
select i in {1..40}; do break; done <<< 1
select i in one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen; do echo $i; break; done <<< 18
select 1x in a; do :; done
select x in; do echo never; done; echo $?
f() { select x in a b; do return 5; done; }
f <<< 1
echo $?
select x in a b; do continue; done <<< $'1\n2'
type f
select y in $(echo l m)
do
  case $y in
    l) echo got l;;
    *) break;;
  esac
done <<< $'1\n2\n'
COLUMNS=30
select i in one two three four five six seven eight; do break; done <<< 1
