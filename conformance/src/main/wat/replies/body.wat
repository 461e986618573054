;; Answers the request in the middle of its body.
@calls proxy_send_local_response
@include plugin
(func (export "proxy_on_request_body") (param i32 i32 i32) (result i32)
  (call $say1 `reply` (call $proxy_send_local_response
    (i32.const 418) `why` `tea` `[x-reply=yes]` (i32.const -1)))
  (i32.const 0))
