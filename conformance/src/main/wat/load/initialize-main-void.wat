;; Has _initialize and the main without parameters.
@include plugin
(func (export "_initialize") (call $say `_initialize`))
(func (export "__main_void") (result i32) (call $say `__main_void`) (i32.const 0))
