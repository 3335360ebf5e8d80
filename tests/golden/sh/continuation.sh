echo a \
  b \
  c
x=ab\
cd; echo $x
echo "in quotes \
joined"
echo 'not \
joined'
true &&
echo and
false ||

echo or
echo a |
  cat
if true; \
then echo t; fi
