for x in a.txt b 5 "" '*' [; do
case $x in
*.txt) echo txt;;
a|b) echo ab ;;
[0-9]) echo digit;;
"") echo empty;;
"*") echo star;;
*) echo other
esac
done
case x in (x) echo paren;; esac
case x in y) echo n;; esac; echo $?
case a in a) echo 1;& b) echo 2;; c) echo 3;; esac
case a in a) echo 1;;& [a-z]) echo 2;; *) echo 3;; esac
case "$(echo hi)" in h*) echo yes;; esac
case a in a) ;; esac; echo $?
