;; Holds the first piece of the body, and lets go with the second.
@include plugin
(global $pieces (mut i32) (i32.const 0))
(func (export "proxy_on_request_body") (param i32 i32 i32) (result i32)
  (call $say2 `body` (local.get 1) (local.get 2))
  (global.set $pieces (i32.add (global.get $pieces) (i32.const 1)))
  (i32.eq (global.get $pieces) (i32.const 1)))
