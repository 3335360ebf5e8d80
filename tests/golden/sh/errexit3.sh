set -e
trap 'echo bye $?' EXIT
f() { echo in; false; echo never; }
f
echo never
