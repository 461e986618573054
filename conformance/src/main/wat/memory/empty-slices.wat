;; Passes empty slices that lie nowhere.
@calls proxy_set_header_map_pairs proxy_add_header_map_value proxy_get_header_map_value
@calls proxy_set_shared_data proxy_get_property
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say1 `proxy_log` (call $proxy_log (i32.const 2) (i32.const 0xfffffff0) (i32.const 0)))
  (call $say1 `proxy_add_header_map_value`
    (call $proxy_add_header_map_value (i32.const 0) `x-empty` (i32.const 0xfffffff0) (i32.const 0)))
  (call $say1 `proxy_get_header_map_value`
    (call $proxy_get_header_map_value (i32.const 0) (i32.const 0xfffffff0) (i32.const 0) (i32.const 16) (i32.const 20)))
  (call $say1 `proxy_set_shared_data`
    (call $proxy_set_shared_data `k` (i32.const 0xfffffff0) (i32.const 0) (i32.const 0)))
  (call $say1 `proxy_get_property`
    (call $proxy_get_property (i32.const 0xfffffff0) (i32.const 0) (i32.const 16) (i32.const 20)))
  (i32.const 0))
