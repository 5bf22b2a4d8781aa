#!/usr/bin/env bats
# tests/cli/points.bats: what blocks are worth, and how the report adds it up.

load helpers

file()
{
    file=$BATS_TEST_TMPDIR/it.expect
    sed 's/^server.*/&\n    points 4/; s/^client.*/&\n    points 1/; s/^ *each accept.*/&\n        points 5/' expected/tcp-echo.expect >"$file"
}

@test "points: all are earned where it holds" {
    file
    sd_ends 0 run "$file"
    grep -qE '^✓ it holds \(.*, 10 of 10 points, ' <<<"$stdout"
    sd_ends 0 run "$file" "$file"
    says '2 scenarios: 2 hold; 20 of 20 points'
}

@test "points: those of blocks with differences are not" {
    file
    sd_ends 1 run "$file" --server "$broken/no-close \${PORT}" --timeout 1
    says '0 of 10 points; not earned: 4 of line 7, 5 of line 13, 1 of line 24.'
    sd_ends 1 run "$file" --client false
    says '9 of 10 points; not earned: 1 of line 24.'
    sd_ends 1 run "$file" tcp-echo --server "$broken/no-listen \${PORT}"
    says '0 of 10 points; not earned: 4 of line 7, 5 of line 13, 1 of line 24' '2 scenarios: 2 do not hold; 0 of 10 points'
}

@test "points: what could not be tested has none" {
    file
    sed -i '1i requires linux 99.1' "$file"
    sd_ends 3 run "$file"
    [[ $output != *points* ]]
}
