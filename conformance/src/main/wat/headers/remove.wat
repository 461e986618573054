;; Removes a request header and one that is not there, then says all pairs.
@calls proxy_remove_header_map_value proxy_get_header_map_pairs
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say2 `remove`
    (call $proxy_remove_header_map_value (i32.const 0) `x-a`)
    (call $proxy_remove_header_map_value (i32.const 0) `x-none`))
  (call $given_hex `pairs`
    (call $proxy_get_header_map_pairs (i32.const 0) (i32.const 16) (i32.const 20)))
  (i32.const 0))
