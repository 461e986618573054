;; Aborts as AssemblyScript does: UTF-16 texts with their lengths in front.
@calls abort
@include plugin
(data (i32.const 512) "\08\00\00\00b\00o\00o\00m\00")
(data (i32.const 544) "\08\00\00\00a\00.\00t\00s\00")
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $abort (i32.const 516) (i32.const 548) (i32.const 7) (i32.const 9))
  (i32.const 0))
