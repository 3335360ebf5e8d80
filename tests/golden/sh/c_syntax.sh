#-c
echo "abc
