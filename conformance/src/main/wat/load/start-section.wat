;; Has a start section and _initialize.
@include plugin
(func $section (call $say `start section`))
(start $section)
(func (export "_initialize") (call $say `_initialize`))
