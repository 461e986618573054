;; Asks for results where its memory has no room: it ends at 131072.
@calls proxy_get_log_level proxy_get_current_time_nanoseconds proxy_get_status proxy_get_property
@calls proxy_get_header_map_size proxy_get_header_map_pairs proxy_get_header_map_value
@calls proxy_get_buffer_bytes proxy_get_buffer_status proxy_get_shared_data proxy_http_call
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say1 `proxy_get_log_level` (call $proxy_get_log_level (i32.const 131070)))
  (call $say1 `proxy_get_current_time_nanoseconds`
    (call $proxy_get_current_time_nanoseconds (i32.const 131070)))
  (call $say3 `proxy_get_status`
    (call $proxy_get_status (i32.const 131070) (i32.const 64) (i32.const 64))
    (call $proxy_get_status (i32.const 64) (i32.const 131070) (i32.const 64))
    (call $proxy_get_status (i32.const 64) (i32.const 64) (i32.const 131070)))
  (call $say2 `proxy_get_property`
    (call $proxy_get_property `plugin_name` (i32.const 131070) (i32.const 64))
    (call $proxy_get_property `plugin_name` (i32.const 64) (i32.const 131070)))
  (call $say1 `proxy_get_header_map_size` (call $proxy_get_header_map_size (i32.const 0) (i32.const 131070)))
  (call $say2 `proxy_get_header_map_pairs`
    (call $proxy_get_header_map_pairs (i32.const 0) (i32.const 131070) (i32.const 64))
    (call $proxy_get_header_map_pairs (i32.const 0) (i32.const 64) (i32.const 131070)))
  (call $say2 `proxy_get_header_map_value`
    (call $proxy_get_header_map_value (i32.const 0) `:path` (i32.const 131070) (i32.const 64))
    (call $proxy_get_header_map_value (i32.const 0) `:path` (i32.const 64) (i32.const 131070)))
  (call $say2 `proxy_get_buffer_bytes`
    (call $proxy_get_buffer_bytes (i32.const 6) (i32.const 0) (i32.const 9) (i32.const 131070) (i32.const 64))
    (call $proxy_get_buffer_bytes (i32.const 6) (i32.const 0) (i32.const 9) (i32.const 64) (i32.const 131070)))
  (call $say2 `proxy_get_buffer_status`
    (call $proxy_get_buffer_status (i32.const 6) (i32.const 131070) (i32.const 64))
    (call $proxy_get_buffer_status (i32.const 6) (i32.const 64) (i32.const 131070)))
  (call $say3 `proxy_get_shared_data`
    (call $proxy_get_shared_data `k` (i32.const 131070) (i32.const 64) (i32.const 64))
    (call $proxy_get_shared_data `k` (i32.const 64) (i32.const 131070) (i32.const 64))
    (call $proxy_get_shared_data `k` (i32.const 64) (i32.const 64) (i32.const 131070)))
  (call $say1 `proxy_http_call`
    (call $proxy_http_call `service` `[:method=GET :path=/service :authority=a]` `` ``
      (i32.const 100) (i32.const 131070)))
  (i32.const 0))
