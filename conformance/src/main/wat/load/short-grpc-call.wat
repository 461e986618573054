;; Imports proxy_grpc_call as the AssemblyScript SDK declares it, and says what it answers.
(import "env" "proxy_grpc_call"
  (func $call (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say1 `proxy_grpc_call`
    (call $call `service` `name` `method` `message` (i32.const 100) (i32.const 16)))
  (i32.const 0))
