#-c
if true
