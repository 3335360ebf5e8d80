echo 'a  b' "a  b" a\ \ b
echo "it's" 'say "hi"' "\$HOME \`x\` \\ \a"
echo $'a\tb\n\x41\101\'q'
echo a"b"'c'd
echo "a
b"
echo a\
b
echo "" '' x
echo \# not a comment # a comment
echo a#b
printf '[%s]\n' "" '' a"" ""b
