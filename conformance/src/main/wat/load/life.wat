;; Says every step of its start, and how a stream begins.
@include plugin
(func (export "proxy_on_context_create") (param i32 i32)
  (call $say2 `create` (local.get 0) (local.get 1)))
(func (export "proxy_on_vm_start") (param i32 i32) (result i32)
  (call $say2 `vm_start` (local.get 0) (local.get 1))
  (i32.const 1))
(func (export "proxy_on_configure") (param i32 i32) (result i32)
  (call $say2 `configure` (local.get 0) (local.get 1))
  (i32.const 1))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say1 `request_headers` (local.get 0))
  (i32.const 0))
