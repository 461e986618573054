;; Asks for properties by paths of different form.
@calls proxy_get_property
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $given `unknown`
    (call $proxy_get_property `no\0such\0thing` (i32.const 16) (i32.const 20)))
  (call $given `request.path`
    (call $proxy_get_property `request\0path` (i32.const 16) (i32.const 20)))
  (call $given `request.path.`
    (call $proxy_get_property `request\0path\0` (i32.const 16) (i32.const 20)))
  (i32.const 0))
