;; Logs how it is started: the start section, then _initialize, then main, and never _start.
(module
  (import "env" "proxy_log" (func $log (param i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "startinitmainbad!")
  (func $start (drop (call $log (i32.const 2) (i32.const 0) (i32.const 5))))
  (start $start)
  (func (export "_initialize") (drop (call $log (i32.const 2) (i32.const 5) (i32.const 4))))
  (func (export "main") (param i32 i32) (result i32)
    (call $log (i32.const 2) (i32.const 9) (i32.const 4)))
  (func (export "_start") (drop (call $log (i32.const 2) (i32.const 13) (i32.const 4))))
  (func (export "proxy_abi_version_0_2_0"))
  (func (export "malloc") (param i32) (result i32) (i32.const 1024)))
