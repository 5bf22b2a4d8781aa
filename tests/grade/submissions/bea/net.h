/* bea: what server.c wants of the network. */
int open_listener(unsigned short port);
int write_all(int fd, const char *bytes, unsigned long len);
