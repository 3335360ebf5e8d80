echo a
echo 'abc
more
