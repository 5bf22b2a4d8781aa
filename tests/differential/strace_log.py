# tests/differential/strace_log.py: reads what `strace -f -o` writes, and what `--format strace` writes, as calls of tasks.
"""Lines become calls; interrupted halves are joined; calls that are on no socket are left out; what differs from one run to
the next (ephemeral ports, times, and memory where it can't be kept in its place) is put in general terms."""
import re

# Calls that sockdrill tells only where the descriptor is a socket, by where their descriptors stand.
ON_SOCKETS = {
    'read': 1, 'write': 1, 'readv': 1, 'writev': 1, 'sendfile': 1, 'sendfile64': 1, 'close': 1, 'fcntl': 1,
    'fcntl64': 1, 'ioctl': 1, 'dup': 1, 'dup2': 2, 'dup3': 2,
}
TABLE = ('socket socketpair bind listen accept accept4 connect getsockname getpeername sendto recvfrom sendmsg recvmsg '
         'sendmmsg recvmmsg shutdown setsockopt getsockopt poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl '
         'epoll_wait epoll_pwait epoll_pwait2 close_range '
         # of 32-bit programs
         'socketcall send recv recvmmsg_time64 _newselect pselect6_time64 ppoll_time64').split() + list(ON_SOCKETS)
# What strace has to tell besides, so that descriptors can be followed.
PROCESSES = ['clone', 'clone3', 'fork', 'vfork', 'execve', 'execveat']
MAKE_TASK = {'clone', 'clone3', 'fork', 'vfork'}

LINE = re.compile(r'(?:(\d+) +)?(.*)')
COMPLETE = re.compile(r'(\w+)\((.*)\) += (.*)$', re.S)
EPHEMERAL = 32768


class Call:
    def __init__(self, task, name, args, result):
        self.task, self.name, self.args, self.result = task, name, args, result

    def failed_with(self):
        found = re.match(r'-1 (E\w+)', self.result)
        return found and found.group(1)

    def number(self):
        found = re.match(r'-?\d+', self.result)
        return int(found.group()) if found else None

    def descriptors(self):
        return [int(n) for n in re.findall(r'^(-?\d+)|(?<=, )(-?\d+)', self.args)[:2] for n in n if n]

    def __str__(self):
        if self.result == '?':  # it never returned: what its outputs are shown as says nothing
            return f'{self.name}({"".join(str(fd) for fd in self.descriptors()[:1])}...) = ?'
        return f'{self.name}({self.args}) = {self.result}'


def read_calls(log):
    """All calls of a log in the order of their completion; those that never returned have the result `?`."""
    pending, calls = {}, []
    for line in log.splitlines():
        task, text = LINE.match(line).groups()
        if text.startswith(('---', '+++', 'strace:')):
            continue
        resumed = re.match(r'<\.\.\. \w+ resumed>(.*)', text, re.S)
        if resumed and task in pending:
            text = pending.pop(task) + resumed.group(1)
        if text.endswith('<unfinished ...>'):
            pending[task] = re.sub(r' ?<unfinished \.\.\.>$', '', text)
            continue
        found = COMPLETE.match(text)
        if found:
            calls.append(Call(task, *found.groups()))
    for task, text in pending.items():
        name, _, args = text.partition('(')
        calls.append(Call(task, name, args.rstrip(', '), '?'))
    return calls


def join_restarts(calls):
    """A call that a signal interrupted and that then went on is one call; one that did not is told as EINTR."""
    kept, interrupted = [], {}
    for call in calls:
        before = interrupted.pop(call.task, None)
        if before and (call.name == 'restart_syscall' or (before.name, before.args) == (call.name, call.args)):
            kept.remove(before)
            if call.name == 'restart_syscall':
                call.name, call.args = before.name, before.args
        kept.append(call)
        if call.result.startswith('? ERESTART'):
            interrupted[call.task] = call
            call.result = '?'
    return kept


class Tables:
    """Which descriptors are sockets, per task: enough of a model to choose lines, no more."""

    def __init__(self, calls):
        self.tables, self.births = {}, {}
        for call in calls:
            if call.name in MAKE_TASK and (call.number() or 0) > 0:
                self.births[str(call.number())] = call

    def of(self, task):
        if task not in self.tables:
            birth = self.births.get(task)
            parent = self.of(birth.task) if birth else {}
            self.tables[task] = parent if birth and 'CLONE_FILES' in birth.args else dict(parent)
        return self.tables[task]

    def made_by(self, call, table):
        """Descriptor -> closes at exec, for what the call made."""
        number, closes = call.number(), 'CLOEXEC' in call.args
        if number is None or number < 0:
            return {}
        if call.name in ('socket', 'accept', 'accept4'):
            return {number: closes}
        if call.name == 'socketpair':
            return {int(n): closes for n in re.findall(r'\d+', call.args.rpartition('[')[2])}
        if call.name == 'recvmsg' and 'SCM_RIGHTS' in call.args:
            return {int(n): 'MSG_CMSG_CLOEXEC' in call.args for l in re.findall(r'cmsg_data=\[([\d, ]+)\]', call.args)
                    for n in re.findall(r'\d+', l)}
        if call.name.startswith('dup') or 'F_DUPFD' in call.args:
            if call.descriptors()[0] in table:
                return {number: closes}
            table.pop(number, None)
        return {}

    def follow(self, call):
        table = self.of(call.task)
        if call.name == 'close' and call.result == '0':
            table.pop(call.descriptors()[0], None)
        elif call.name in ('fcntl', 'fcntl64') and 'F_SETFD' in call.args and call.descriptors()[0] in table:
            table[call.descriptors()[0]] = 'FD_CLOEXEC' in call.args
        elif call.name.startswith('execve') and call.result == '0':
            self.tables[call.task] = {fd: closes for fd, closes in table.items() if not closes}
        elif call.name == 'close_range' and call.result == '0':
            first, last = call.descriptors()
            for fd in [fd for fd in table if first <= fd <= last]:
                if 'CLOEXEC' in call.args:
                    table[fd] = True
                else:
                    del table[fd]
        table.update(self.made_by(call, table))


def on_sockets(calls):
    """The calls that sockdrill tells: those of the table, and of ON_SOCKETS only where a socket is, or was, meant."""
    tables, kept, were = Tables(calls), [], {}
    for call in calls:
        table, count = tables.of(call.task), ON_SOCKETS.get(call.name)
        before = were.setdefault(call.task, set())
        if call.name in TABLE:
            meant = call.descriptors()[:count] if count else []
            if not count or any(fd in table for fd in meant) or (
                    call.failed_with() in ('EBADF', 'ENOTSOCK') and any(fd < 0 or fd in before for fd in meant)):
                kept.append(call)
            elif count and call.number() is not None and call.number() >= 0:
                before.difference_update(meant)  # another file has had that number since
        tables.follow(call)
        before.update(tables.of(call.task))
    return kept


class Names:
    """What differs between two runs, by the order in which one task sees it. Memory differs where it `moves`."""

    # A message of the DNS: what it is known by is a random number.
    QUERY = re.compile(r'"(?:[^"\\]|\\[0-7]{1,3}|\\.){2}((?:\\1|\\201)\\(?:0|\d{3})\\0\\1\\0\\\d+\\0\\0)')

    def __init__(self, moves):
        self.moves, self.names = moves, {}

    def name(self, kind, thing):
        return self.names.setdefault((kind, thing), f'<{kind} {sum(k == kind for k, _ in self.names) + 1}>')

    def port(self, found):
        number = int(found.group(1))
        return f'htons({self.name("port", number)})' if number >= EPHEMERAL else found.group()

    def cut_address(self, found):
        """sa_data of an address that was cut: the port is its first two bytes."""
        data = re.sub(r'\\([0-7]{1,3}|.)', lambda m: chr(int(m.group(1), 8)) if m.group(1)[0] in '01234567' else
                      chr({'n': 10, 't': 9, 'v': 11, 'f': 12, 'r': 13}.get(m.group(1), ord(m.group(1)))), found.group(1))
        number = ord(data[0]) << 8 | ord(data[1]) if len(data) > 1 else 0
        if number < EPHEMERAL:
            return found.group()
        rest = ''.join(f'\\{ord(c):o}' for c in data[2:])
        return f'sa_data={self.name("port", number)}"{rest}"'

    def plain(self, call):
        text = str(call)
        text = re.sub(r'(cmsg_data=\{)(?:tv_sec=\d+, tv_[nu]sec=\d+|pid=\d+)', r'\1<now>', text)
        text = re.sub(r'htons\((\d+)\)', self.port, text)
        text = re.sub(r'sa_data="((?:[^"\\]|\\.)*)"', self.cut_address, text)
        # Of processes: in credentials, in addresses of netlink, and what F_SETOWN gives.
        text = re.sub(r'(?<=pid=|WN, )[1-9]\d*', lambda m: self.name('pid', m.group()), text)
        text = re.sub(r'(?<=nlmsg_seq=)\d{9,}', '<time>', text)  # what programs begin to count with
        text = re.sub(r'(?<=stamp=)\d+', '<time>', text)
        text = re.sub(r'\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT', '<time>', text)
        text = self.QUERY.sub(r'"<id>\1', text)
        text = re.sub(r'left \{tv_sec=\d+, tv_[nu]sec=\d+\}', 'left {<time>}', text)
        return re.sub(r'\b0x[0-9a-f]{6,}\b', '<memory>', text) if self.moves else text


class Line(str):
    """A line, compared without what depends on the clock: these numbers only have to be near one another."""

    CLOCK = re.compile(r'(?<=, )\d+(?=(?:, (?:NULL|\[[^]]*\]), 8)?\) = )|tv_sec=\d+, tv_[nu]sec=\d+')
    WAITS = re.compile(r'\w*(?:poll|select|epoll_p?wait)\w*\(')

    def __new__(cls, told, exact):
        waits = cls.WAITS.match(told) and not exact
        line = super().__new__(cls, cls.CLOCK.sub('<time>', told) if waits else told)
        line.told = told
        line.times = [cls.milliseconds(found) for found in cls.CLOCK.findall(told)] if waits else []
        return line

    @staticmethod
    def milliseconds(text):
        numbers = [int(number) for number in re.findall(r'\d+', text)]
        return numbers[0] if len(numbers) == 1 else numbers[0] * 1000 + numbers[1] / (1e6 if 'tv_nsec' in text else 1e3)

    def is_near(self, other):
        return all(abs(a - b) <= max(500, 0.1 * max(a, b)) for a, b in zip(self.times, other.times))

    def is_idle(self):
        return bool(self.WAITS.match(self)) and re.search(r' = 0(?: \(Timeout\))?$', self) is not None


def tasks(calls, moves, exact):
    """Per task its lines, in order. How often nothing happened while a program waited is chance: in all but exact inputs, each
    such line stands once, behind the others."""
    lines, idle, names = {}, {}, {}
    for call in calls:
        line = Line(names.setdefault(call.task, Names(moves)).plain(call), exact)
        of_task = lines.setdefault(call.task, [])
        if exact or not line.is_idle():
            of_task.append(line)
        elif line not in idle.setdefault(call.task, []):
            idle[call.task].append(line)
    for task, waits in idle.items():
        lines[task] += sorted(waits)
    return lines
