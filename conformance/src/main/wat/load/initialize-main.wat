;; Has _initialize and both forms of main.
@include plugin
(func (export "_initialize") (call $say `_initialize`))
(func (export "main") (param i32 i32) (result i32)
  (call $say2 `main` (local.get 0) (local.get 1))
  (i32.const 0))
(func (export "__main_void") (result i32) (call $say `__main_void`) (i32.const 0))
