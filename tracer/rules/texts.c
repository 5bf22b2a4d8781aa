/* rules/texts.c: what is said of each mistake: a nudge, the cause, the cure, and where the manual tells of
 * it. */
#include "rules/rules.h"

#include <string.h>

static const struct rule_text texts[] = {
    {"SD001", "a part of a message taken for all of it",
     "How many bytes may one recv return, of the message that you wait for?",
     "A stream has no message boundaries: recv returns what is there, and the rest of the message may come "
     "later",
     "Call recv in a loop until the message is whole: its length was told, its delimiter came, or recv "
     "returned 0",
     "recv(2)", "DESCRIPTION"},
    {"SD002", "the rest of a send is lost",
     "What does it mean when send returns less than the length it was given?",
     "send takes as many bytes as there is room for, and says how many; it does not come back for the others",
     "Call send in a loop: move on by what it returned until all is taken", "send(2)", "RETURN VALUE"},
    {"SD004", "sends from the beginning again", "Where do the bytes that are still to be sent begin?",
     "The bytes that an earlier send took are on their way already; sent again they arrive twice, and others "
     "not",
     "Add what send returned to the pointer, and take it off the length: send(fd, buf + done, len - done, 0)",
     "send(2)", "RETURN VALUE"},
    {"SD005", "failure not noticed", "Did every call succeed that had to before this one?",
     "A call that fails returns -1 and does nothing: -1 is no descriptor, and the socket is what it was "
     "before",
     "Test the result before it is used, and report errno with perror: the first failure is the one to mend",
     "errno(3)", "DESCRIPTION"},
    {"SD006", "socket(…) < 0 without parentheses", "Which of = and < is done first?",
     "In `s = socket(…) < 0` the comparison is done first, and s becomes its outcome, 0 or 1, not the "
     "descriptor",
     "Put the assignment in parentheses: `(s = socket(…)) < 0`", "socket(2)", "RETURN VALUE"},
    {"SD007", "port without htons", "In which order do the two bytes of sin_port stand?",
     "sin_port is read in network byte order, the high byte first; this machine stores the low byte first",
     "Convert the number when it is stored: `addr.sin_port = htons(port)`", "htons(3)", "DESCRIPTION"},
    {"SD008", "a number in the order of this machine",
     "Would a machine of another kind read the same number?",
     "This machine stores the low byte first; the other end, which may store the high byte first, reads "
     "another number",
     "Convert numbers in messages with htonl or htons before they are sent, and with ntohl or ntohs after",
     "htons(3)", "DESCRIPTION"},
    {"SD009", "inet_addr's error used as an address",
     "What does inet_addr return where the text is no address?",
     "inet_addr tells of an error with INADDR_NONE, and that is the broadcast address 255.255.255.255",
     "Use inet_pton, and test that it returns 1; or getaddrinfo, where the text may be a name", "inet(3)",
     "DESCRIPTION"},
    {"SD010", "address without its family", "What does sin_family hold when the address is used?",
     "The kernel reads an address as its family says: 0 is AF_UNSPEC, which undoes a connection or is "
     "refused",
     "Clear the struct with memset, and set sin_family to the family that socket was given", "connect(2)",
     "DESCRIPTION"},
    {"SD011", "length of a pointer in place of the address's", "Of what is the sizeof taken?",
     "The sizeof a pointer is 8 (4 on 32-bit machines), whatever it points at, and no address is that short",
     "Give the sizeof the struct: `sizeof(struct sockaddr_in)`, or `sizeof addr` where addr is the struct "
     "itself",
     "bind(2)", "ERRORS"},
    {"SD012", "addrlen not set before the call",
     "What does the variable behind addrlen hold before the call?",
     "addrlen goes in as the room that there is and comes out as what was needed: the kernel believes what "
     "it finds",
     "Set it to the sizeof the address before each call: `socklen_t len = sizeof addr;`", "accept(2)",
     "DESCRIPTION"},
    {"SD013", "addrlen not set again in the loop",
     "What did the call before leave in the variable behind addrlen?",
     "addrlen comes out as the length of the address that was stored: the next call takes that for the room "
     "there is",
     "Set it to the sizeof the address inside the loop, right before each call", "accept(2)", "DESCRIPTION"},
    {"SD014", "sizeof a pointer sent in place of the text", "Of what is the sizeof taken?",
     "The sizeof a pointer is 8, however long the text is that it points at",
     "Send strlen(text) bytes of a text", "send(2)", "DESCRIPTION"},
    {"SD015", "the whole buffer sent in place of the message",
     "How long is the message, and how long its buffer?",
     "The sizeof a buffer says how much fits in, not how much is in it: what stands behind the message is "
     "sent too",
     "Send the length of the message: what recv returned, or strlen of a text", "send(2)", "DESCRIPTION"},
    {"SD016", "received bytes used as a string", "Who put a NUL behind the bytes that came?",
     "recv stores the bytes that came and no NUL: strlen and printf go on into what was there before",
     "Receive at most sizeof buf - 1 bytes, and set buf[n] = 0; or work with the number that recv returned",
     "recv(2)", "RETURN VALUE"},
    {"SD017", "end of stream ignored", "What does recv tell when it returns 0?",
     "0 says that the other end will send no more: every further call returns 0 at once, for ever",
     "Leave the loop when recv returns 0, and close the connection", "recv(2)", "RETURN VALUE"},
    {"SD018", "-1 used as a length", "Was the result that became the length looked at?",
     "A length is unsigned: -1 is the largest there is, and the call reads or fills memory beyond the buffer",
     "Test the result of recv before it is given to send: 0 is the end, -1 an error", "send(2)",
     "DESCRIPTION"},
    {"SD019", "data call on the listening socket", "Which descriptor stands for the connection?",
     "A listening socket carries no data; each connection has a socket of its own, the one that accept "
     "returns",
     "Use the descriptor that accept returned for recv and send", "accept(2)", "DESCRIPTION"},
    {"SD020", "bind after listen", "In which order do bind and listen stand?",
     "listen on a socket without an address gives it a port that the kernel picks, and a bound socket can't "
     "be "
     "bound again",
     "Call bind first, then listen", "bind(2)", "ERRORS"},
    {"SD021", "accept without listen", "What makes a socket one that takes connections?",
     "Only a listening socket has a queue of incoming connections from which accept can take one",
     "Call listen after bind and before accept, and test its result", "listen(2)", "DESCRIPTION"},
    {"SD022", "listen without bind", "Who told the socket at which port to listen?",
     "listen on a socket without an address gives it a port that the kernel picks, which no client knows",
     "Call bind with the address and port that the clients use, before listen", "listen(2)", "DESCRIPTION"},
    {"SD023", "client started before the server listened", "Was the server ready when the client came?",
     "The kernel refuses a connection at once where no socket listens on the port: it doesn't wait for one "
     "to come",
     "Start the server first, or let the client close the socket and try again a little later on a new one",
     "connect(2)", "ERRORS"},
    {"SD024", "no SO_REUSEADDR before bind",
     "What happens when the server is started again right after it ended?",
     "The server's last connections keep its port for a minute: until then bind fails, unless SO_REUSEADDR "
     "is set",
     "Set SO_REUSEADDR on the listening socket between socket and bind", "socket(7)", "SO_REUSEADDR"},
    {"SD025", "bound to the loopback address only",
     "At which of the machine's addresses does the server listen?",
     "A socket that is bound to 127.0.0.1 takes connections to that address, not to the machine's others",
     "Bind to INADDR_ANY where clients come by other addresses", "ip(7)", "Address format"},
    {"SD026", "killed by SIGPIPE", "What happens to a program that sends when nobody is there any more?",
     "Sending on a connection that can't carry data any more raises SIGPIPE, whose default action ends the "
     "process",
     "Send with MSG_NOSIGNAL, or ignore SIGPIPE with signal(SIGPIPE, SIG_IGN), and handle EPIPE", "send(2)",
     "ERRORS"},
    {"SD027", "ends on EINTR", "Did anything go wrong when accept returned -1 with EINTR?",
     "A signal that has a handler interrupts a waiting call: that is no error of the socket",
     "Call again where errno is EINTR, or install the handler with SA_RESTART", "signal(7)",
     "Interruption of system calls"},
    {"SD029", "the parent keeps the connection open", "Who has the connection open after fork?",
     "After fork both processes have the connection: the client sees its end only when the last of them "
     "closes it",
     "Close the connection in the parent right after fork; the child has its own", "fork(2)", "DESCRIPTION"},
    {"SD030", "the child keeps the listening socket open", "Who has the listening socket open after fork?",
     "A child has all that its parent had open: while it lives, the port is taken even when the server has "
     "ended",
     "Close the listening socket in the child right after fork", "fork(2)", "DESCRIPTION"},
    {"SD031", "no close behind the end of a connection",
     "What becomes of the descriptor when a client is done?",
     "Each connection has a descriptor until it is closed, and a process may have only so many: accept fails "
     "with "
     "EMFILE in the end",
     "Close the connection on every way out of the loop", "close(2)", "DESCRIPTION"},
    {"SD032", "closed twice", "Who has closed this descriptor before?",
     "After the first close the number is free, and the kernel may give it to the next socket or file",
     "Close each descriptor at one place, and set the variable to -1 after it", "close(2)", "NOTES"},
    {"SD033", "listening socket closed inside the loop",
     "Which of the two descriptors is to be closed in the loop?",
     "Without the listening socket there is nothing to accept from",
     "Close the connection inside the loop, and the listening socket behind it", "accept(2)", "ERRORS"},
    {"SD034", "serves one client and ends", "What does the server do when a client is done?",
     "Where no socket listens any more, clients are refused", "Put accept and what follows it in a loop",
     "accept(2)", "DESCRIPTION"},
    {"SD036", "both ends wait for each other", "Whose turn is it to send?",
     "recv waits for bytes or for the end of the stream, and neither can come from an end that waits itself",
     "Let one end send first; who has sent everything calls shutdown(fd, SHUT_WR), or tells how long its "
     "message is",
     "recv(2)", "DESCRIPTION"},
    {"SD037", "closed with bytes unread", "What had come in and was not read when the connection was closed?",
     "A close that throws received bytes away resets the connection: what was sent may be lost with it",
     "Receive until recv returns 0 before the connection is closed", "tcp(7)", "ERRORS"},
    {"SD038", "connect again on the same socket", "In what state is a socket whose connect failed?",
     "What a socket can do after a connect that failed is not defined everywhere",
     "Close the socket, and try again on a new one", "connect(2)", "NOTES"},
    {"SD039", "connect not waited for", "Is the connection there when connect returns EINPROGRESS?",
     "On a socket that does not block, connect only begins; until it is done there is nobody to send to",
     "Wait with poll for POLLOUT, then ask getsockopt for SO_ERROR: 0 says that the connection is there",
     "connect(2)", "ERRORS"},
    {"SD040", "busy waiting", "What does the program do until something comes?",
     "EAGAIN says that there is nothing yet: asking again at once uses all of the processor to learn the "
     "same",
     "Wait with poll, select or epoll until the socket is ready; or let it block", "poll(2)", "DESCRIPTION"},
    {"SD041", "edge-triggered socket not drained",
     "Was everything read that had come before the program waited again?",
     "With EPOLLET an event is told once, when bytes come, not as long as there are some",
     "Receive until EAGAIN before you wait again, or leave EPOLLET out", "epoll(7)",
     "Level-triggered and edge-triggered"},
    {"SD042", "select looks at the wrong descriptors", "Which descriptors does this select look at?",
     "select looks at numbers below its first argument only, and overwrites the sets with what is ready",
     "Give the highest number plus one, and fill the sets anew, or copy them, before each call", "select(2)",
     "DESCRIPTION"},
    {"SD043", "datagram cut by a small buffer", "How long may the datagram be, and how long is the buffer?",
     "A datagram is received as a whole: what does not fit into the buffer is thrown away",
     "Receive into a buffer for the longest datagram; MSG_TRUNC tells how long it was", "recv(2)",
     "The flags argument"},
    {"SD044", "waits for a datagram for ever", "What happens when the datagram, or its answer, gets lost?",
     "Datagrams may be lost, and nobody tells: a recvfrom without a time limit then waits for ever",
     "Set SO_RCVTIMEO, or wait with poll and a time limit, and send again", "socket(7)", "SO_RCVTIMEO"},
    {"SD045", "listen or accept on a datagram socket", "Does UDP have connections?",
     "Datagram sockets have no connections to wait for: each datagram stands for itself",
     "Call recvfrom right after bind; or make the socket with SOCK_STREAM where connections are wanted",
     "udp(7)", "DESCRIPTION"},
    {"SD046", "datagram sent before there was a receiver", "Who had the port when the datagram was sent?",
     "A datagram for a port that nobody has is thrown away; it doesn't wait for somebody to come",
     "Start the receiver first, or send again until an answer comes", "udp(7)", "DESCRIPTION"},
    {"SD047", "many small sends", "How many packets does one message take?",
     "A small send waits until the one before is acknowledged, and the other end acknowledges late where it "
     "has "
     "nothing to answer",
     "Put the message together and send it at once, with writev or in one buffer; or set TCP_NODELAY",
     "tcp(7)", "TCP_NODELAY"},
    {"SD048", "port written into the program", "Where does the port come from?",
     "The program was given another port on its command line", "Take the port from argv", "bind(2)",
     "EXAMPLES"},
    {"SD049", "IPv4 and IPv6 confused", "Which families can the other end be reached by?",
     "A name may stand for addresses of both families, and a socket for all of IPv6 takes IPv4 too unless "
     "told not to",
     "Try each address that getaddrinfo returned until one works; set IPV6_V6ONLY where each family has a "
     "socket",
     "ipv6(7)", "IPV6_V6ONLY"},
    {"SD050", "ends on an error of accept that passes", "Is the listening socket of no use after this error?",
     "Such an error is about one connection, or about the moment; the listening socket works on",
     "Call accept again after ECONNABORTED and the like; where descriptors ran out, close some first",
     "accept(2)", "ERRORS"},
};

const struct rule_text *rules_text(const char *code)
{
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        if (strcmp(texts[i].code, code) == 0)
            return &texts[i];
    return NULL;
}

const struct rule_text *rules_text_at(size_t i)
{
    return i < ARRAY_LEN(texts) ? &texts[i] : NULL;
}
