;; Tries to open a file below every descriptor that could be a directory, and to read from them.
@calls path_open fd_read
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (local $fd i32)
  (i32.store (i32.const 32) (i32.const 256))
  (i32.store (i32.const 36) (i32.const 16))
  (loop $next
    (call $say3 `descriptor` (local.get $fd)
      (call $path_open (local.get $fd) (i32.const 0) `etc/passwd` (i32.const 0) (i64.const -1)
        (i64.const -1) (i32.const 0) (i32.const 64))
      (call $fd_read (local.get $fd) (i32.const 32) (i32.const 1) (i32.const 64)))
    (local.set $fd (i32.add (local.get $fd) (i32.const 1)))
    (br_if $next (i32.lt_u (local.get $fd) (i32.const 5))))
  (i32.const 0))
