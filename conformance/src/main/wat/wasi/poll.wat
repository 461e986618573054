;; Waits ten minutes: a relative subscription to the monotonic clock.
@calls poll_oneoff
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (i32.store (i32.const 272) (i32.const 1))
  (i64.store (i32.const 280) (i64.const 600000000000))
  (i32.store (i32.const 64) (i32.const -1))
  (call $say2 `poll`
    (call $poll_oneoff (i32.const 256) (i32.const 320) (i32.const 1) (i32.const 64))
    (i32.load (i32.const 64)))
  (i32.const 0))
