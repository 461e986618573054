@for upstream in service silence
;; Holds the request until a call has ended; adds a header before and after.
@calls proxy_add_header_map_value proxy_http_call proxy_set_effective_context
@calls proxy_continue_stream
@include plugin
(global $stream (mut i32) (i32.const 0))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (global.set $stream (local.get 0))
  (drop (call $proxy_add_header_map_value (i32.const 0) `x-edit` `before`))
  (call $say1 `call` (call $proxy_http_call `${upstream}`
    `[:method=GET :path=/${upstream} :authority=a]` `` `` (i32.const 300) (i32.const 16)))
  (i32.const 1))
(func (export "proxy_on_request_body") (param i32 i32 i32) (result i32)
  (call $say `body`)
  (i32.const 0))
(func (export "proxy_on_http_call_response") (param i32 i32 i32 i32 i32)
  (drop (call $proxy_set_effective_context (global.get $stream)))
  (call $say1 `add` (call $proxy_add_header_map_value (i32.const 0) `x-edit` `after`))
  (call $say1 `continue` (call $proxy_continue_stream (i32.const 0))))
