t() { "$@"; echo "$? $*"; }
t [ a ]; t [ "" ]; t [ ]; t [ a = a ]; t [ a = b ]; t [ a != b ]; t [ a == a ]
t [ 1 -eq 1 ]; t [ 1 -lt 2 ]; t [ 2 -gt 3 ]; t [ 1 -ge 1 ]; t [ 1 -ne 1 ]; t [ 3 -le 2 ]
t [ -z "" ]; t [ -n "" ]; t [ -n a ]; t [ ! a ]; t [ ! "" ]; t [ ! a = a ]
touch f; mkdir d
t [ -e f ]; t [ -f f ]; t [ -d d ]; t [ -d f ]; t [ -s f ]; t [ -r f ]; t [ -x f ]; t [ -e nosuch ]
t [ a -a b ]; t [ a -o "" ]; t [ "" -o "" ]; t [ a = a -a b = b ]; t [ a = b -o b = b ]
t [ "(" a ")" ]; t [ "(" a = a ")" -a b ]
t [ a b ]; t [ a b c ]; t [ 1 -eq a ]; t [ a b c d ]; t [ a b c d e ]; t [ -q x ]; t [ a = ]; t [ 1
t [ f -nt nosuch ]; t [ f -ef f ]; t test a; t test 1 -eq; t [ = ]; t [ -f ]; t [ "" = "" ]; t [ a \< b ]
t [ 1 -eq " 1 " ]; t [ a -a ]; t [ ! ]; t [ -t 0 ]
