sed -i.bak 's|^exec |LD_PRELOAD="$CTEL_AUTO" exec |' run.sh && rm run.sh.bak
