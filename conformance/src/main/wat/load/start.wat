;; Has _start only.
@include plugin
(func (export "_start") (call $say `_start`))
