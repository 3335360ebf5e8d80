echo > /dev/tcp/127.0.0.1/nosuchport; echo $?
: < /dev/tcp/127.0.0.1/1; echo $?
exec 3<>/dev/tcp/127.0.0.1/2; echo $?
(echo > /dev/tcp/127.0.0.1/3) 2>/dev/null && echo open || echo closed
