;; Asks for random bytes: none, some, the most, too many.
@calls random_get
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say2 `status` (call $random_get (i32.const 256) (i32.const 0))
    (call $random_get (i32.const 256) (i32.const 32)))
  (call $say1 `are random`
    (i64.ne (i64.load (i32.const 256)) (i64.load (i32.const 264))))
  (call $say2 `status` (call $random_get (i32.const 65536) (i32.const 65536))
    (call $random_get (i32.const 60000) (i32.const 65537)))
  (i32.const 0))
