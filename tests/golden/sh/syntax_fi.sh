echo a
if true; then
fi
echo never
