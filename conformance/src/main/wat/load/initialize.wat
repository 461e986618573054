;; Has both entry points.
@include plugin
(func (export "_initialize") (call $say `_initialize`))
(func (export "_start") (call $say `_start`))
