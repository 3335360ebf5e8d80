mkdir g; cd g
touch a1 a2 b1 .hid 'sp ace'
mkdir d; touch d/x d/y
echo *
echo a* ?1 [ab]1 [!a]1 nomatch*
echo d/* */x "*" '*' \*
x='a*'; echo $x "$x"
set -f; echo a*; set +f; echo a*
echo .h*
for f in a*; do echo "<$f>"; done
echo s*
rm -r d; rm -f *1
ls
