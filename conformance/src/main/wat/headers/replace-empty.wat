;; Replaces a request header by an empty one, then says all pairs.
@calls proxy_replace_header_map_value proxy_get_header_map_pairs
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say1 `replace` (call $proxy_replace_header_map_value (i32.const 0) `x-a` ``))
  (call $given_hex `pairs`
    (call $proxy_get_header_map_pairs (i32.const 0) (i32.const 16) (i32.const 20)))
  (i32.const 0))
