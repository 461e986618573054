;; Reads a call's answer while it is told of it, and again later.
@calls proxy_get_header_map_value proxy_get_buffer_bytes
@include plugin
@include call
(func $read
  (call $given `header`
    (call $proxy_get_header_map_value (i32.const 6) `x-served` (i32.const 16) (i32.const 20)))
  (call $given `body` (call $proxy_get_buffer_bytes
    (i32.const 4) (i32.const 0) (i32.const 99) (i32.const 16) (i32.const 20)))
  (call $given `trailer`
    (call $proxy_get_header_map_value (i32.const 7) `x-trailer` (i32.const 16) (i32.const 20))))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (global.set $stream (local.get 0))
  (call $call `trailers` `[:method=GET :path=/trailers :authority=a]` (i32.const 1000))
  (i32.const 1))
(func (export "proxy_on_http_call_response") (param i32 i32 i32 i32 i32)
  (call $say3 `told` (i32.ne (local.get 2) (i32.const 0)) (local.get 3) (local.get 4))
  (call $read)
  (call $resume))
(func (export "proxy_on_response_headers") (param i32 i32 i32) (result i32)
  (call $read)
  (i32.const 0))
