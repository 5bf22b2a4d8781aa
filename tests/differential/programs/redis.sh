# tests/differential/programs/redis.sh: what is asked of redis.
ask()
{
    redis-cli -p "$PORT" "$@"
}
ask PING
ask SET key value
ask GET key
ask HSET hash one 1 two 2
ask HGETALL hash
ask NONE such
ask EVAL 'return {1, KEYS[1]}' 1 key
ask OBJECT ENCODING key
redis-cli -s redis.sock INCR counter
ask SHUTDOWN NOSAVE
