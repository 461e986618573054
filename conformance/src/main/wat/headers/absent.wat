;; Asks, while it is told of the request's head, for maps that are not there.
@calls proxy_get_header_map_value proxy_get_header_map_pairs
@include plugin
(func $value (param $type i32)
  (call $say2 `value` (local.get $type)
    (call $proxy_get_header_map_value (local.get $type) `x-a` (i32.const 16) (i32.const 20))))
(func $pairs (param $type i32)
  (i64.store (i32.const 16) (i64.const -1))
  (call $text `pairs`)
  (call $number (local.get $type))
  (call $number
    (call $proxy_get_header_map_pairs (local.get $type) (i32.const 16) (i32.const 20)))
  (call $number (i32.load (i32.const 16)))
  (call $number (i32.load (i32.const 20)))
  (call $line))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $value (i32.const 8))
  (call $value (i32.const 2))
  (call $value (i32.const 1))
  (call $value (i32.const 6))
  (call $pairs (i32.const 2))
  (call $pairs (i32.const 1))
  (call $pairs (i32.const 6))
  (i32.const 0))
