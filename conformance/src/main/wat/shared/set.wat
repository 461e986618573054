;; Sets and reads.
@include plugin
@include shared
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $set `one` (i32.const 0))
  (call $get `get`)
  (call $say1 `number` (i32.ne (i32.load (i32.const 24)) (i32.const 0)))
  (i32.const 0))
