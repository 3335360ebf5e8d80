echo a > ; echo b
