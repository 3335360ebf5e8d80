echo a
echo $(ls
more
