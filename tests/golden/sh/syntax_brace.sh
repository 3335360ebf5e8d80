echo a
echo ${x
more
