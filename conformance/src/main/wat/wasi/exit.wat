;; Exits.
@calls proc_exit
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $proc_exit (i32.const 7))
  (call $say `after`)
  (i32.const 0))
