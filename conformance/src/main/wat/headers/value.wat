@for name in x-a X-A
;; Says the value of a request header.
@calls proxy_get_header_map_value
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $given `value`
    (call $proxy_get_header_map_value (i32.const 0) `${name}` (i32.const 16) (i32.const 20)))
  (i32.const 0))
