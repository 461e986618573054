;; Says the time, and the bytes behind it.
@calls proxy_get_current_time_nanoseconds
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (i64.store (i32.const 72) (i64.const -1))
  (call $say1 `status` (call $proxy_get_current_time_nanoseconds (i32.const 64)))
  (call $text `time`)
  (call $hex (i32.const 64) (i32.const 16))
  (call $line)
  (i32.const 0))
