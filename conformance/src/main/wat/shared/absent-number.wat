;; Sets with a number what was not there.
@include plugin
@include shared
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $set `one` (i32.const 12345))
  (call $get `get`)
  (i32.const 0))
