;; Has its results written at odd addresses.
@calls proxy_get_header_map_value proxy_get_current_time_nanoseconds
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say2 `value`
    (call $proxy_get_header_map_value (i32.const 0) `x-a` (i32.const 65) (i32.const 71))
    (i32.load (i32.const 71)))
  (call $text `text `)
  (call $text (i32.load (i32.const 65)) (i32.load (i32.const 71)))
  (call $line)
  (call $say2 `time`
    (call $proxy_get_current_time_nanoseconds (i32.const 81))
    (i64.ne (i64.load (i32.const 81)) (i64.const 0)))
  (i32.const 0))
