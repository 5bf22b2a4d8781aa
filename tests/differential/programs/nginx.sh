# tests/differential/programs/nginx.sh: what is asked of nginx.
at=http://127.0.0.1:$PORT
curl -s $at/request $at/none
curl -s $at/behind
curl -s --head $at/request
curl -s --range 2-4 --no-keepalive $at/request
curl -s --request DELETE $at/request
curl -s --data @request --tcp-fastopen $at/behind
curl -s --header 'If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT' --keepalive-time 7 $at/request
curl -s --upload-file request $at/request
curl -s --unix-socket nginx.sock --no-tcp-nodelay http://anywhere/
curl -s --max-time 5 telnet://127.0.0.1:9
nginx -p . -c nginx.conf -s quit
