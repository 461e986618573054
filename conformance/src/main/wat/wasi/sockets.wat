;; Tries sockets.
@calls sock_accept sock_recv sock_send sock_shutdown
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say2 `sock` (call $sock_accept (i32.const 3) (i32.const 0) (i32.const 64))
    (call $sock_recv (i32.const 3) (i32.const 32) (i32.const 0) (i32.const 0) (i32.const 64)
      (i32.const 68)))
  (call $say2 `sock`
    (call $sock_send (i32.const 3) (i32.const 32) (i32.const 0) (i32.const 0) (i32.const 64))
    (call $sock_shutdown (i32.const 3) (i32.const 0)))
  (i32.const 0))
