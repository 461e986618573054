;; Says all pairs, the sum of the lengths of names and values, and what it was told about them.
@calls proxy_get_header_map_pairs proxy_get_header_map_size
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $given_hex `pairs`
    (call $proxy_get_header_map_pairs (i32.const 0) (i32.const 16) (i32.const 20)))
  (call $say2 `size`
    (call $proxy_get_header_map_size (i32.const 0) (i32.const 24)) (i32.load (i32.const 24)))
  (call $say2 `told` (local.get 1) (local.get 2))
  (i32.const 0))
