@for step in vm_start configure
;; Answers no in one step of its start.
@include plugin
(func (export "proxy_on_vm_start") (param i32 i32) (result i32)
  (call $say `vm_start`)
  (call $differs `vm_start` `${step}`))
(func (export "proxy_on_configure") (param i32 i32) (result i32)
  (call $say `configure`)
  (call $differs `configure` `${step}`))
;; The two texts differ in length when they differ.
(func $differs (param i32 i32 i32 i32) (result i32)
  (i32.ne (local.get 1) (local.get 3)))
