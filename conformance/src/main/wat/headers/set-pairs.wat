;; Replaces all request headers, then says all pairs.
@calls proxy_set_header_map_pairs proxy_get_header_map_pairs
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say1 `set` (call $proxy_set_header_map_pairs (i32.const 0)
    `[:authority=gate.test :path=/p/ :method=GET :scheme=http x-b=new]`))
  (call $given_hex `pairs`
    (call $proxy_get_header_map_pairs (i32.const 0) (i32.const 16) (i32.const 20)))
  (i32.const 0))
