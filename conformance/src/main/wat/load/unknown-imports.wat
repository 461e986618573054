;; Imports functions that are nobody's.
(import "foo" "bar" (func))
(import "env" "baz" (func))
@include plugin
