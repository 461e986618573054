;; Holds the body until its end, and says all of it each time.
@calls proxy_get_buffer_bytes
@include plugin
(func (export "proxy_on_request_body") (param i32 i32 i32) (result i32)
  (call $say2 `body` (local.get 1) (local.get 2))
  (call $given `buffer` (call $proxy_get_buffer_bytes
    (i32.const 0) (i32.const 0) (local.get 1) (i32.const 16) (i32.const 20)))
  (i32.eqz (local.get 2)))
