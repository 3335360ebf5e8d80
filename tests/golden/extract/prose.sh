#!/bin/sh
#@ from: prose.txt
ip link # line 23
ip a # line 44
