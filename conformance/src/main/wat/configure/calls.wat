;; Calls the upstream "silent" while it is configured.
(module
  (import "env" "proxy_http_call"
    (func $call (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
  (data (i32.const 40) "silent")
  (data (i32.const 100)
    "\03\00\00\00\07\00\00\00\03\00\00\00\05\00\00\00\01\00\00\00"
    "\0a\00\00\00\01\00\00\00:method\00GET\00:path\00/\00:authority\00a\00")
  (func (export "proxy_on_configure") (param i32 i32) (result i32)
    (i32.eqz (call $call (i32.const 40) (i32.const 6) (i32.const 100) (i32.const 61)
      (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
      (i32.const 60000) (i32.const 64)))))
