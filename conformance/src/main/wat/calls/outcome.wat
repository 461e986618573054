@for upstream in service silence closed broken
;; Calls an upstream, and says how that ended.
@calls proxy_get_header_map_value proxy_get_status
@include plugin
@include call
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (global.set $stream (local.get 0))
  (call $call `${upstream}` `[:method=GET :path=/${upstream} :authority=a]` (i32.const 200))
  (i32.const 1))
(func (export "proxy_on_http_call_response") (param i32 i32 i32 i32 i32)
  (call $say2 `root and token`
    (local.get 0) (i32.eq (local.get 1) (i32.load (i32.const 28))))
  (call $say3 `told`
    (i32.ne (local.get 2) (i32.const 0)) (i32.ne (local.get 3) (i32.const 0)) (local.get 4))
  (call $given `:status`
    (call $proxy_get_header_map_value (i32.const 6) `:status` (i32.const 16) (i32.const 20)))
  (call $text `get_status`)
  (call $number (call $proxy_get_status (i32.const 24) (i32.const 16) (i32.const 20)))
  (call $number (i32.load (i32.const 24)))
  (call $put (i32.const 32))
  (call $text (i32.load (i32.const 16)) (i32.load (i32.const 20)))
  (call $line)
  (call $resume))
