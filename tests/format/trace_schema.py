# tests/format/trace_schema.py: holds trace files against tracer/format/trace.schema.json, every line of them.
"""As a program: trace_schema.py FILE..., tells what is wrong in them."""
import bisect
import json
import os
import re
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    # The `python3` on PATH may be another one than the one that the system installs modules for.
    SYSTEM = '/usr/bin/python3'
    if os.path.exists(SYSTEM) and os.path.realpath(sys.executable) != os.path.realpath(SYSTEM):
        os.execv(SYSTEM, [SYSTEM, *sys.argv])
    print('python3-jsonschema is not installed')
    sys.exit(77)

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PATH = os.path.join(ROOT, 'tracer/format/trace.schema.json')


# What could move a terminal's cursor, and the characters that some readers take for the end of a line.
CONTROL = re.compile('[\x00-\x1f\x7f-\x9f\u2028\u2029]')


def refuse_constant(name):
    raise ValueError(f'{name} is no JSON')


def refuse_twice(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError('a member stands twice in an object')
    return members


def parse(line):
    """One record from the bytes of a line; ValueError (as UnicodeDecodeError is one) says why it is none."""
    text = line.decode('utf-8')
    if CONTROL.search(text, 0, len(text) - 1):
        raise ValueError('a control character that is not escaped')
    return json.loads(text, parse_constant=refuse_constant, object_pairs_hook=refuse_twice)


class Sketch:
    """A record with each number and text replaced by what this schema can tell of it. Records with the same sketch are
    right or wrong together: a trace has some ten thousand records, but few sketches."""

    # The keywords that look into a number or a text, and those that do not.
    LOOK_INTO = {'const', 'enum', 'minimum', 'maximum', 'minLength', 'pattern'}
    OTHERS = {'$schema', 'title', 'description', 'definitions', '$ref', 'type', 'if', 'then', 'else', 'not', 'allOf', 'anyOf',
              'required', 'properties', 'additionalProperties', 'propertyNames', 'minProperties', 'maxProperties', 'items',
              'minItems', 'maxItems'}

    def __init__(self, schema):
        self.numbers, self.texts, self.patterns, self.lengths = set(), set(), set(), set()
        self.gather(schema)
        self.numbers, self.lengths = sorted(self.numbers), sorted(self.lengths)
        self.patterns = [re.compile(pattern) for pattern in sorted(self.patterns)]

    def gather(self, schema):
        if isinstance(schema, bool):
            return
        unknown = schema.keys() - self.LOOK_INTO - self.OTHERS
        if unknown:
            sys.exit(f'trace_schema.py: a keyword that it does not know: {unknown}')
        for value in [schema.get(key) for key in ('const', 'minimum', 'maximum')] + schema.get('enum', []):
            if isinstance(value, str):
                self.texts.add(value)
            elif value is not None:
                self.numbers.add(int(value))
        self.patterns |= {schema['pattern']} if 'pattern' in schema else set()
        self.lengths |= {schema['minLength']} if 'minLength' in schema else set()
        for key in ('definitions', 'properties'):
            for inner in schema.get(key, {}).values():
                self.gather(inner)
        for key in ('if', 'then', 'else', 'not', 'additionalProperties', 'propertyNames', 'items'):
            self.gather(schema.get(key, True))
        for key in ('allOf', 'anyOf'):
            for inner in schema.get(key, []):
                self.gather(inner)

    def of(self, value):
        if isinstance(value, dict):
            return ('{', *((key, self.of(inner)) for key, inner in value.items()))
        if isinstance(value, list):
            return ('[', *map(self.of, value))
        if isinstance(value, str):
            if value in self.texts:
                return value
            return ('"', bisect.bisect(self.lengths, len(value)), *(bool(pattern.search(value)) for pattern in self.patterns))
        if isinstance(value, int) and not isinstance(value, bool):
            return ('#', bisect.bisect_left(self.numbers, value), bisect.bisect_right(self.numbers, value))
        return (type(value), value)


class Schema:
    def __init__(self):
        with open(PATH, encoding='utf-8') as file:
            schema = json.load(file)
        jsonschema.Draft7Validator.check_schema(schema)
        self.validator = jsonschema.Draft7Validator(schema)
        self.sketch, self.right = Sketch(schema), set()

    def faults(self, record):
        """What is wrong with a record."""
        sketch = self.sketch.of(record)
        if sketch in self.right:
            return []
        found = ['/'.join(str(step) for step in error.absolute_path) + ': ' + error.message[:200]
                 for error in self.validator.iter_errors(record)]
        if not found:
            self.right.add(sketch)
        return found


class Trace:
    """What holds from record to record: a head, growing numbers, an end that has counted right, and nothing more."""

    def __init__(self):
        self.began = self.ended = False
        self.events = self.last_seq = 0

    def faults(self, record):
        if 'sockdrill' in record:
            fault = [] if not self.began or self.ended else ['a head in the middle of a trace']
            self.__init__()
            self.began = True
            return fault
        if not self.began or self.ended:
            return ['a record before a head, or behind an end']
        if 'end' in record:
            self.ended = True
            return [] if int(record['events']) == self.events else [f'the end counts wrong: there are {self.events}']
        self.events += 1
        seq, self.last_seq = self.last_seq, int(record['seq'])
        faults = [] if seq < self.last_seq else ['seq does not grow']
        return faults if int(record['start_ns']) <= int(record['end_ns']) else [*faults, 'ends before it begins']


def check_file(schema, path):
    """(how many records, what is wrong). A last line without its newline was cut, and is no record. Traces may stand one
    behind the other in a file."""
    records, faults, trace = 0, [], Trace()
    with open(path, 'rb') as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b'\n'):
                break
            records += 1
            try:
                record = parse(line)
                found = schema.faults(record)
                if not found:
                    found = trace.faults(record)
                elif isinstance(record, dict) and 'event' in record:
                    trace.events += 1
            except (ValueError, RecursionError) as error:
                found = [str(error)]
            faults += [f'{path}:{number}: {fault}' for fault in found]
    return records, faults


def comes_back(path):
    """Is a trace that has its end the same after it was read and written?"""
    program = os.path.join(ROOT, os.environ.get('BUILD', 'build'), 'sockdrill')
    shown = subprocess.run([program, 'show', path, '--view', 'jsonl'], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    with open(path, 'rb') as file:
        return shown.stdout == file.read()


def main():
    schema, failed = Schema(), False
    for path in sys.argv[1:]:
        records, faults = check_file(schema, path)
        print(*faults[:20], f'{path}: {records} records, {len(faults)} faults', sep='\n')
        failed = failed or bool(faults) or not records
    return failed


if __name__ == '__main__':
    sys.exit(main())
