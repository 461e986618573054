;; Reads what nobody has set.
@include plugin
@include shared
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $get `get`)
  (i32.const 0))
