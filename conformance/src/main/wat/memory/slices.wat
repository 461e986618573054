@for size in 32 0xfffffff0
;; Passes a slice that leaves its memory to everything that takes one. The memory ends at 131072; the
;; longer size wraps around when it is added in 32 bits.
@calls proxy_get_property proxy_set_property proxy_set_header_map_pairs proxy_get_header_map_value
@calls proxy_add_header_map_value proxy_replace_header_map_value proxy_remove_header_map_value
@calls proxy_set_buffer_bytes proxy_send_local_response proxy_http_call proxy_get_shared_data
@calls proxy_set_shared_data proxy_call_foreign_function random_get
@include plugin
@include write
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say1 `proxy_log` (call $proxy_log (i32.const 2) (i32.const 131056) (i32.const ${size})))
  (call $say1 `proxy_get_property` (call $proxy_get_property (i32.const 131056) (i32.const ${size}) (i32.const 16) (i32.const 20)))
  (call $say2 `proxy_set_property`
    (call $proxy_set_property (i32.const 131056) (i32.const ${size}) `a`) (call $proxy_set_property `a` (i32.const 131056) (i32.const ${size})))
  (call $say1 `proxy_set_header_map_pairs` (call $proxy_set_header_map_pairs (i32.const 0) (i32.const 131056) (i32.const ${size})))
  (call $say1 `proxy_get_header_map_value`
    (call $proxy_get_header_map_value (i32.const 0) (i32.const 131056) (i32.const ${size}) (i32.const 16) (i32.const 20)))
  (call $say2 `proxy_add_header_map_value`
    (call $proxy_add_header_map_value (i32.const 0) (i32.const 131056) (i32.const ${size}) `a`)
    (call $proxy_add_header_map_value (i32.const 0) `a` (i32.const 131056) (i32.const ${size})))
  (call $say2 `proxy_replace_header_map_value`
    (call $proxy_replace_header_map_value (i32.const 0) (i32.const 131056) (i32.const ${size}) `a`)
    (call $proxy_replace_header_map_value (i32.const 0) `a` (i32.const 131056) (i32.const ${size})))
  (call $say1 `proxy_remove_header_map_value`
    (call $proxy_remove_header_map_value (i32.const 0) (i32.const 131056) (i32.const ${size})))
  (call $say1 `proxy_set_buffer_bytes`
    (call $proxy_set_buffer_bytes (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 131056) (i32.const ${size})))
  (call $say3 `proxy_send_local_response`
    (call $proxy_send_local_response (i32.const 200) (i32.const 131056) (i32.const ${size}) `` `` (i32.const -1))
    (call $proxy_send_local_response (i32.const 200) `` (i32.const 131056) (i32.const ${size}) `` (i32.const -1))
    (call $proxy_send_local_response (i32.const 200) `` `` (i32.const 131056) (i32.const ${size}) (i32.const -1)))
  (call $say2 `proxy_http_call`
    (call $proxy_http_call (i32.const 131056) (i32.const ${size}) `[:method=GET :path=/service :authority=a]` `` `` (i32.const 100) (i32.const 16))
    (call $proxy_http_call `service` (i32.const 131056) (i32.const ${size}) `` `` (i32.const 100) (i32.const 16)))
  (call $say2 `proxy_http_call`
    (call $proxy_http_call `service` `[:method=GET :path=/service :authority=a]` (i32.const 131056) (i32.const ${size}) `` (i32.const 100) (i32.const 16))
    (call $proxy_http_call `service` `[:method=GET :path=/service :authority=a]` `` (i32.const 131056) (i32.const ${size}) (i32.const 100) (i32.const 16)))
  (call $say1 `proxy_get_shared_data`
    (call $proxy_get_shared_data (i32.const 131056) (i32.const ${size}) (i32.const 16) (i32.const 20) (i32.const 24)))
  (call $say2 `proxy_set_shared_data`
    (call $proxy_set_shared_data (i32.const 131056) (i32.const ${size}) `a` (i32.const 0))
    (call $proxy_set_shared_data `a` (i32.const 131056) (i32.const ${size}) (i32.const 0)))
  (call $say2 `proxy_call_foreign_function`
    (call $proxy_call_foreign_function (i32.const 131056) (i32.const ${size}) `a` (i32.const 16) (i32.const 20))
    (call $proxy_call_foreign_function `a` (i32.const 131056) (i32.const ${size}) (i32.const 16) (i32.const 20)))
  (call $say1 `fd_write` (call $write (i32.const 1) (i32.const 131056) (i32.const ${size})))
  (call $say1 `random_get` (call $random_get (i32.const 131056) (i32.const ${size})))
  (i32.const 0))
