# tests/format/planted.py: records that are right, and the same with one thing wrong.
import copy

HEAD = {'sockdrill': 1, 'version': '0', 'linux': '6', 'arch': 'x', 'began_ns': '1700000000123456789', 'isolation': '',
        'no_new_privs': False, 'params': {}}
END = {'end': True, 'events': 1}
EVENT = {'seq': 1, 'event': 'call', 'start_ns': 1, 'end_ns': 2, 'pid': 1, 'tid': 1}
CALL = {**EVENT, 'call': 'close', 'canon': 'close', 'args': {'fd': {'fd': 3}}, 'result': 0}
SYM = {'name': 'SIGINT', 'n': 2, 'of': 'SIG'}
FLAGS = {'flags': ['CLONE_THREAD'], 'n': 65536, 'of': 'CLONE'}
IN = {'struct': 'sockaddr_in', 'family': 'AF_INET', 'port': 80, 'host': '127.0.0.1'}
IN6 = {'struct': 'sockaddr_in6', 'family': 'AF_INET6', 'port': 80, 'flowinfo': 0, 'host': '::1', 'scope_id': 0}
UN = {'struct': 'sockaddr_un', 'family': 'AF_UNIX'}
NL = {'struct': 'sockaddr_nl', 'family': 'AF_NETLINK', 'pid': 1, 'groups': 0}
VM = {'struct': 'sockaddr_vm', 'family': 'AF_VSOCK', 'cid': 3, 'port': 1024}
LL = {'struct': 'sockaddr_ll', 'family': 'AF_PACKET', 'protocol': 'ETH_P_IP', 'interface': 0, 'sll_halen': 0}

# The facts of each event that is no call, and those of them that may be missing.
FACTS = {
    'start': ({'argv': ['a', {'base64': '/w=='}], 'attached': 0,
               'sockets': [{'struct': 'inherited', 'fd': {'fd': 1}, 'inode': 7}]}, ()),
    'fork': ({'child': 2, 'flags': FLAGS}, ()),
    'exec': ({'path': '/bin/true', 'former': 1}, ()),
    'exit': ({'signal': SYM, 'core': 0, 'last': 1}, ()),
    'signal': ({'signo': SYM, 'code': -6, 'pid': 1, 'uid': 0, 'status': 3, 'addr': {'ptr': '0x0'}},
               ('pid', 'uid', 'status', 'addr')),
    'closed': ({'fd': {'fd': 3, 'sock': 1}, 'why': 'in flight'}, ('fd',)),
    'lost': ({'why': 'a sentence'}, ()),
    'role': ({'what': 'stdout', 'text': {'text': 'a', 'len': 70000}}, ()),
}

RIGHT_VALUES = [
    None, 0, -5, 9007199254740991, '', 'text', [], [1, None, [{'fd': -1}]],
    {'int': '9007199254740992'}, {'int': '-9223372036854775808'}, {'int': '18446744073709551615'}, {'int': 5, 'form': 'hex'},
    {'n': 99, 'of': 'AF'}, SYM, FLAGS, {'flags': [], 'rest': 8, 'n': 8, 'of': 'MSG'},
    {'text': 'a', 'len': 5}, {'base64': ''}, {'base64': '/w==', 'len': '18446744073709551615'},
    {'fd': 3, 'sock': 1}, {'ptr': '0xffffffffffffffff'}, {'ip': '10.0.0.1'}, {'ip': '::ffff:1.2.3.4'}, {'array': [1], 'len': 9},
    {'was': 1, 'now': 2}, {'was': None, 'label': 'left', 'aux': True}, {'aux': False},
    {'struct': '', 'a': 1}, {'struct': 'pollfd', 'fd': {'fd': 3}, 'int': 1, 'of': 2},
    IN, IN6, {**IN6, 'scope_id': {'struct': 'ifindex', 'index': 1, 'name': 'lo'}}, UN, {**UN, 'path': '/s'},
    {**UN, 'abstract': {'base64': '/w=='}}, NL, {'struct': 'sockaddr', 'family': 77, 'data': 'x'},
    {**NL, 'nl_pad': 5, 'pid': -1}, VM, {**VM, 'cid': 'VMADDR_CID_HOST', 'svm_flags': FLAGS}, LL,
    {'struct': 'sockaddr_can', 'family': 'AF_CAN', 'interface': 1, 'can_addr': [1]},
    {'struct': 'sockaddr_rxrpc', 'family': 'AF_RXRPC', 'transport':
     {'struct': 'transport', 'sin': {'struct': 'sockaddr_in', 'sin_family': 'AF_INET', 'port': 1, 'host': '1.2.3.4'}}},
    {'struct': 'sockaddr_ax25', 'family': 'AF_AX25', 'fsa_ax25': {'struct': 'sockaddr_ax25', 'sax25_call': 'X'}},
    {'base64': '/w==', 'form': 'hex'},
]

WRONG_VALUES = [
    True, 0.5, 9007199254740992, -9007199254740992, [True], {}, {'what': 1},
    {'int': 5}, {'int': '5'}, {'int': '+9007199254740992'}, {'int': '9007199254740992', 'form': 'roman'}, {'int': -5, 'form': 'hex'},
    {'n': 1}, {'of': 'AF'}, {'name': 'AF_INET', 'n': 2}, {'name': 'A B', 'n': 1, 'of': 'AF'}, {'name': 'A', 'n': -1, 'of': 'AF'},
    {'name': 'A', 'n': 1, 'of': ''}, {'flags': 'MSG_PEEK', 'n': 2, 'of': 'MSG'}, {'flags': [2], 'n': 2, 'of': 'MSG'},
    {'flags': ['MSG_PEEK'], 'of': 'MSG'}, {'flags': ['MSG_PEEK'], 'n': 2}, {'flags': [], 'n': 2, 'of': 'MSG', 'name': 'X'},
    {'text': 'a'}, {'text': 5, 'len': 5}, {'base64': '!'}, {'base64': 'YQ'}, {'text': 'a', 'base64': 'YQ==', 'len': 3},
    {'base64': 'YQ==', 'len': -1}, {'base64': 'YQ==', 'form': 'oct'}, {'len': 5},
    {'fd': '3'}, {'fd': 2147483648}, {'fd': 3, 'sock': 0}, {'fd': 3, 'n': 1}, {'ptr': 5}, {'ptr': '0x'}, {'ptr': '0x01'},
    {'ptr': '0xG'}, {'ptr': '0x10000000000000000'}, {'ip': 'localhost'}, {'ip': 5}, {'ip': '127.0.0.1', 'port': 1},
    {'array': [1]}, {'array': 5, 'len': 5}, {'array': [True], 'len': 5},
    {'was': 1, 'then': 2}, {'was': True}, {'now': 0.5}, {'aux': 1}, {'label': 5},
    {'struct': 5}, {'struct': 'a b'}, {'struct': 'linger', 'l onoff': 1}, {'struct': 'linger', 'l_onoff': True},
    {**IN, 'port': 65536}, {**IN, 'port': '80'}, {**IN, 'port': {'int': 80, 'form': 'htons'}}, {**IN, 'host': 'localhost'},
    {**IN, 'host': {'ip': '127.0.0.1'}}, {**IN, 'family': 2}, {**IN, 'sin_port': 80}, {**IN, 'path': 'x'},
    {**IN6, 'flowinfo': -1}, {**IN6, 'scope_id': True}, {**IN6, 'abstract': 'x'}, {**IN6, 'family': 'AF_INET'},
    {**UN, 'path': 'a', 'abstract': 'b'}, {**UN, 'path': 5}, {**UN, 'port': 5}, {**NL, 'pid': 4294967295}, {**NL, 'groups': 'x'},
    {**NL, 'nl_groups': 5}, {'struct': 'sockaddr', 'family': 'IPv4'}, {'struct': 'sockaddr', 'data': 'x'},
    {'struct': 'sockaddr', 'family': 77, 'data': 5}, {'struct': 'sockaddr', 'family': 65536},
    {**VM, 'port': {'n': 1, 'of': 'X'}}, {**VM, 'svm_port': True}, {**VM, 'host': 5}, {**LL, 'protocol': -1}, {**LL, 'family': 'AF_INET'},
    {**LL, 'interface': 0.5}, {**LL, 'sin_port': 5}, {'struct': 'sockaddr_can', 'interface': 1},
    {'struct': 'sockaddr_can', 'family': 'AF_CAN', 'interface': True},
    {'mac': '02:00'}, {'base64': '/w==', 'form': 'roman'}, {'text': 'a', 'form': 'hex'}, {'text': 'a', 'len': 9, 'form': 'hex'},
]

# Of a call: these members put in the place of its own.
RIGHT_MEMBERS = [
    {'seq': '9223372036854775808'}, {'role': 'server'}, {'sock': 1}, {'made': [1, 2]}, {'range': [0, 5]}, {'last_ref': True},
    {'result': -1, 'errno': {'n': 9}}, {'result': -1, 'errno': {'name': 'EBADF', 'n': 9}}, {'ret': {'fd': 3}}, {'stream': True},
    {'data': 'x'}, {'addr': IN}, {'addr': UN}, {'kernel': {}}, {'kernel': {'tcp': 'LISTEN', 'queue': 1, 'local': IN, 'peer': IN6}},
    {'messages': ['a', None, {'base64': '/w=='}]}, {'kernel': {'inodes': [7, '18446744073709551615']}},
    {'stack': [{'function': 'main', 'offset': 5, 'file': '/a.c', 'line': 7, 'inlined': True, 'object': '/a', 'address': 4096}, {}]},
    {'kernel': {'tcp': 200, 'unread': 0, 'unsent': 0, 'queue_max': 5}}, {'result': '9007199254740992'}, {'result': -9007199254740991},
]
WRONG_MEMBERS = [
    {'seq': -1}, {'seq': '5'}, {'seq': None}, {'event': 'birth'}, {'event': None}, {'start_ns': -1}, {'end_ns': 'now'}, {'role': ''},
    {'role': 5}, {'pid': -1}, {'pid': '1'}, {'tid': 0.5}, {'call': ''}, {'call': 'a b'}, {'call': None}, {'canon': 'write'},
    {'args': {}}, {'args': []}, {'args': {name: 1 for name in 'abcdefghi'}}, {'args': {'A B': 1}}, {'result': 'x'}, {'result': None},
    {'result': -9007199254740992}, {'errno': 5}, {'result': -1, 'errno': {'name': 'EBADF'}}, {'result': -1, 'errno': {'n': 0}},
    {'result': -1, 'errno': {'n': 9, 'of': 'E'}}, {'result': 0, 'errno': {'n': 9}}, {'unfinished': False}, {'ret': True},
    {'unfinished': True, 'result': -1, 'errno': {'n': 9}}, {'unfinished': True, 'ret': {'fd': 3}}, {'sock': 0}, {'sock': '1'},
    {'made': []}, {'made': [1, 2, 3]}, {'made': [0]}, {'made': 1}, {'last_ref': False}, {'stream': 1}, {'range': [1]},
    {'range': [1, 2, 3]}, {'range': [-1, 0]}, {'data': 5}, {'data': {'text': 'x'}}, {'addr': '127.0.0.1'}, {'addr': {'ip': '::'}},
    {'kernel': 5}, {'kernel': {'tcp': 'LISTENING'}}, {'kernel': {'tcp': 1}}, {'kernel': {'tcp': 256}}, {'kernel': {'unread': -1}},
    {'detached': True}, {'messages': 'x'}, {'messages': [True]}, {'kernel': {'inodes': []}}, {'kernel': {'inodes': [1, 2, 3]}},
    {'stack': []}, {'stack': [5]}, {'stack': [{'function': 5}]}, {'stack': [{'line': 0}]}, {'stack': [{'inlined': False}]},
    {'stack': [{'mood': 1}]}, {'kernel': {'queue': 0}}, {'kernel': {'local': 'x'}}, {'kernel': {'mood': 1}}, {'mood': 1}, {'end': True}, {'sockdrill': 1},
]
WRONG_HEADS = [
    {'sockdrill': 2}, {'sockdrill': '1'}, {'version': ''}, {'version': 1}, {'began_ns': -1}, {'began_ns': 1700000000123456789},
    {'isolation': 'vm'}, {'no_new_privs': 0}, {'params': []}, {'params': {'a': 5}}, {'mood': 1},
]
WRONG_ENDS = [{'end': False}, {'end': 1}, {'events': -1}, {'events': None}, {'mood': 1}]
WRONG_FACTS = [
    ('start', {'attached': 2}), ('start', {'argv': 'a'}), ('start', {'argv': [5]}), ('start', {'sockets': [{'fd': {'fd': 1}}]}),
    ('start', {'sockets': [{'struct': 'inherited', 'fd': {'fd': 1}, 'inode': -1}]}), ('fork', {'child': 0}), ('fork', {'flags': 0}),
    ('exec', {'path': 5}), ('exec', {'former': -1}), ('exit', {'status': 0}), ('exit', {'core': True}), ('exit', {'last': 2}),
    ('signal', {'signo': 11}), ('signal', {'code': 'x'}), ('signal', {'addr': '0x0'}), ('closed', {'why': 'because'}),
    ('closed', {'fd': 3}), ('lost', {'why': 5}), ('role', {'what': 'bored'}), ('role', {'text': None}),
]
WRONG_LINES = [
    b'', b'5', b'[]', b'{"seq": 1', b'{"seq": NaN}', b'{"seq": Infinity}', b'\xff', b'{"a": "\xed\xa0\x80"}', b'{"a": "\xc0\x80"}',
    b'{"a": 1, "a": 1}', b'{"a": "\x1b"}', b'{"a": "\x7f"}', b'{"a": "\xc2\x85"}', b'{"a": "\xe2\x80\xa8"}', b'\xef\xbb\xbf{}',
]


def event(kind, **facts):
    args = {**FACTS[kind][0], **facts}
    return {**EVENT, 'event': kind, 'args': args, **({'sock': 1} if kind == 'closed' else {})}


def right():
    """(what it is, record) of records that are right."""
    yield 'head', HEAD
    yield 'end', END
    yield 'call', CALL
    unfinished = {**CALL, 'unfinished': True}
    del unfinished['result']
    yield 'unfinished call', unfinished
    yield 'call of a process that was let go', {**unfinished, 'detached': True}
    yield 'signal with its stack', {**event('signal'), 'stack': [{'function': 'main'}]}
    for value in RIGHT_VALUES:
        yield f'value {value}', {**CALL, 'args': {'x': value}}
    for members in RIGHT_MEMBERS:
        yield f'call with {members}', {**CALL, **members}
    for kind in FACTS:
        yield kind, event(kind)


def without(record, key):
    record = copy.deepcopy(record)
    del record[key]
    return record


def wrong():
    """(what is wrong, record)."""
    for value in WRONG_VALUES:
        yield f'value {value}', {**CALL, 'args': {'x': value}}
        yield f'nested value {value}', {**CALL, 'args': {'x': {'struct': 'a', 'b': [{'was': value}]}}}
    for members in WRONG_MEMBERS:
        yield f'call with {members}', {**CALL, **members}
    for base, changes in ((HEAD, WRONG_HEADS), (END, WRONG_ENDS)):
        for members in changes:
            yield f'{next(iter(base))} with {members}', {**base, **members}
    for kind, facts in WRONG_FACTS:
        yield f'{kind} with {facts}', event(kind, **facts)
    for record in (HEAD, END, CALL):
        for key in record:
            yield f'{next(iter(record))} without {key}', without(record, key)
    for kind, (facts, optional) in FACTS.items():
        for key in event(kind):
            yield f'{kind} without {key}', without(event(kind), key)
        for key in facts.keys() - set(optional):
            yield f'{kind} without its {key}', {**event(kind), 'args': without(facts, key)}
        for members in ({'call': 'x'}, {'result': 0}, {'made': [1]}, {'data': 'x'}, {'mood': 1}):
            yield f'{kind} with {members}', {**event(kind), **members}
        yield f'{kind} with another fact', event(kind, mood=1)
        if kind != 'signal':
            yield f'{kind} with a stack', {**event(kind), 'stack': [{'function': 'main'}]}
        if kind != 'closed':
            yield f'{kind} with a socket', {**event(kind), 'sock': 1}
    for address in (IN, IN6, NL, VM, LL, {'struct': 'sockaddr', 'family': 77}):
        for key in address.keys() - {'scope_id', 'sll_halen'}:
            yield f'{address["struct"]} without {key}', {**CALL, 'addr': without(address, key)}
    yield 'an address without struct', {**CALL, 'addr': without(UN, 'struct')}


def wrong_traces():
    """(what is wrong, records that are right one by one)."""
    yield 'no head', [CALL, END]
    yield 'two heads', [HEAD, HEAD, END]
    yield 'a count that is wrong', [HEAD, CALL, {**CALL, 'seq': 2}, END]
    yield 'numbers that do not grow', [HEAD, CALL, CALL, {**END, 'events': 2}]
    yield 'a record behind the end', [HEAD, CALL, END, CALL]
    yield 'an end before its beginning', [HEAD, {**CALL, 'end_ns': 0}, END]
