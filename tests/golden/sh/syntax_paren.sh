echo a; )
echo never
