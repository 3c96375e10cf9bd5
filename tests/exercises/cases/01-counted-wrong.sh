sed -i.bak 's|^exec |LD_PRELOAD="$CTEL_AUTO" exec |' run.sh && rm run.sh.bak
sed -i.bak -e 's/^spans =/spans = 4/' answers.txt && rm answers.txt.bak
