;; Asks for the status of its last call, of which there was none.
@calls proxy_get_status
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (i64.store (i32.const 16) (i64.const -1))
  (i32.store (i32.const 24) (i32.const -1))
  (call $text `status`)
  (call $number (call $proxy_get_status (i32.const 24) (i32.const 16) (i32.const 20)))
  (call $number (i32.load (i32.const 24)))
  (call $number (i32.load (i32.const 16)))
  (call $number (i32.load (i32.const 20)))
  (call $line)
  (i32.const 0))
