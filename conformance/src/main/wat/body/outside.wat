;; Reads buffers while it is told of the request's head.
@calls proxy_get_buffer_bytes
@include plugin
(func $buffer (param $type i32)
  (call $say2 `buffer` (local.get $type) (call $proxy_get_buffer_bytes
    (local.get $type) (i32.const 0) (i32.const 9) (i32.const 16) (i32.const 20))))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $buffer (i32.const 0))
  (call $buffer (i32.const 1))
  (call $buffer (i32.const 4))
  (call $buffer (i32.const 7))
  (i32.const 0))
