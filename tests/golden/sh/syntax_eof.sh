echo a
while true; do
echo b
