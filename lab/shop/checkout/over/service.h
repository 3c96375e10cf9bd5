/* The checkout as a service. */
#ifndef SERVICE_H
#define SERVICE_H

/* Serves orders until it is told to end; the exit code. */
int serve(const char *port_file, const char *db);

#endif
