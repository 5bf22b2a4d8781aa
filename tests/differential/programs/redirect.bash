#!/bin/bash
# tests/differential/programs/redirect.bash: a shell's way to speak to a server, one line after the other.
heard()
{
    until grep -q "$1" got; do sleep 0.03; done
    "$SETTLED" "$SERVER"
}

exec 5<>"/dev/tcp/127.0.0.1/$PORT"
echo one >&5
heard one
exec 6>&5 5<&-
echo two >&6
heard two
exec 6>&-
