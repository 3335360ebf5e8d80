nosuch1

if true; then
	nosuch2
fi
f() {
	nosuch3
}
f
for i in 1; do
	nosuch4 \
	arg
done
echo "a
b"; nosuch5
(
nosuch6
)
x=$(
nosuch7
)
nosuch8 | nosuch9
eval '
nosuch10'
case a in
a) nosuch11;;
esac
{ nosuch12; }
nosuch13 &&
nosuch14 ||
nosuch15
