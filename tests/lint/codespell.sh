#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# codespell.sh - spelling in code and documents
cd "$(dirname "$0")/../.." || exit 1
command -v codespell >/dev/null || { echo "codespell is not installed"; exit 77; }
# what real tools print is spelled as they spell it
exec codespell -q 3 --skip='LICENSE,*.txt,*.out,*.json,tests/golden,tests/fuzz/corpus,tools/*/usage*.c,tools/cli/etc.c,codespell.sh' \
	-L 'ba,te,nd,fo,ot,ser,hist,inout,ue,wan,ans,tha,iif,oif,nat,ect,als,parms,ro,sav,fpr,unsecure,mis,filp,creat,lod,statics,clen,aks,requestor,ore,larg,optin,thead,ist,anc,doen,anyways,sie,inh,adress,ine,wqs,usin,ende,expection,cant,addres,chage,parm,rsource,tbe,ttests,unx,upto,correllation,reord,dont,occured,wont' \
	sim stack include tools tests scenarios README.md
