x=val
cat <<EOF
$x ${x:-d} `echo bq` $(echo cs) $((1+1))
\$x \\ \a "q" 'q'
EOF
cat <<'EOF'
$x \$x
EOF
cat <<"E F"
$x
E F
cat <<-EOF
	tab $x
		two
	EOF
cat <<A; cat <<B
a
A
b
B
cat <<EOF | sort
b
a
EOF
cat <<EOF > f
to file
EOF
cat f
while read l; do echo "[$l]"; done <<EOF
1
2
EOF
cat <<EOF
joined \
line
EOF
cat <<\EOF
$raw
EOF
cat <<EOF
unterminated
