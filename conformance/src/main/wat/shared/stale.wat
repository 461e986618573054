;; Sets with a number that is no more.
@include plugin
@include shared
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $set `one` (i32.const 0))
  (call $get `get`)
  (call $set `two` (i32.load (i32.const 24)))
  (call $set `three` (i32.load (i32.const 24)))
  (call $get `get`)
  (i32.const 0))
