echo a
f() {
echo b
