;; Answers the request when a call has ended.
@calls proxy_send_local_response proxy_http_call proxy_set_effective_context
@include plugin
(global $stream (mut i32) (i32.const 0))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (global.set $stream (local.get 0))
  (drop (call $proxy_http_call `service` `[:method=GET :path=/service :authority=a]` `` ``
    (i32.const 1000) (i32.const 16)))
  (i32.const 1))
(func (export "proxy_on_http_call_response") (param i32 i32 i32 i32 i32)
  (drop (call $proxy_set_effective_context (global.get $stream)))
  (call $say1 `reply` (call $proxy_send_local_response
    (i32.const 418) `why` `tea` `[x-reply=yes]` (i32.const -1))))
