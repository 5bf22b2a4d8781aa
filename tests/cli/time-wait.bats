#!/usr/bin/env bats
# tests/cli/time-wait.bats: a connection may leave TIME_WAIT early, on a busy machine; the scenario does not count on it.
load helpers

@test "time-wait holds where the kernel keeps nothing in TIME_WAIT; who forgets SO_REUSEADDR fails there too" {
    # The loopback interface of a new namespace is down.
    alone='ip link set lo up && echo 0 >/proc/sys/net/ipv4/tcp_max_tw_buckets || exit 77; exec "$@"'
    unshare -rn sh -c "$alone" sh true || skip "no network in which the kernel can be told so"
    run unshare -rn sh -c "$alone" sh "$sockdrill" run --no-namespace -v time-wait
    echo "$output"
    [ "$status" = 0 ]
    run unshare -rn sh -c "$alone" sh "$sockdrill" run --no-namespace time-wait --server "$broken/no-reuseaddr \${PORT}"
    echo "$output"
    [ "$status" = 1 ]
}
