;; Writes to standard output, standard error and another descriptor.
@include plugin
@include write
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (local $out i32)
  (local $err i32)
  (local.set $out (call $write (i32.const 1) `to the output\n`))
  (local.set $err (call $write (i32.const 2) `to the errors\n`))
  (call $say3 `status` (local.get $out) (local.get $err) (call $write (i32.const 3) `no`))
  (i32.const 0))
