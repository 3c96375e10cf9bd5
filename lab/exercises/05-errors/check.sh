# Steps and files are the usual ones.
