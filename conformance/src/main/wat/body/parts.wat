;; Reads parts of a body, some of which lie behind its end.
@calls proxy_get_buffer_bytes
@include plugin
(func $part (param $start i32) (param $most i32)
  (call $given `part` (call $proxy_get_buffer_bytes
    (i32.const 0) (local.get $start) (local.get $most) (i32.const 16) (i32.const 20))))
(func (export "proxy_on_request_body") (param i32 i32 i32) (result i32)
  (call $part (i32.const 0) (i32.const 2))
  (call $part (i32.const 1) (i32.const 100))
  (call $part (i32.const 2) (i32.const -1))
  (call $part (i32.const 0) (i32.const 0))
  (call $part (i32.const 3) (i32.const 1))
  (call $part (i32.const 9) (i32.const 1))
  (call $part (i32.const -1) (i32.const -1))
  (i32.const 0))
