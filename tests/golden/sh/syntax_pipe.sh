echo a | | cat
