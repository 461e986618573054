;; Imports a function of proxy-wasm that no version has, and says what it answers.
(import "env" "proxy_xyz" (func $xyz (param i32 i64) (result i32)))
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say1 `proxy_xyz` (call $xyz (i32.const 1) (i64.const 2)))
  (i32.const 0))
