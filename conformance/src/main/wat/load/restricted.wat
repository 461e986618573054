;; Logs while the module starts, which it may, then asks for a property, which it may not.
@calls proxy_get_property
@include plugin
(func (export "_initialize")
  (call $say `before`)
  (drop (call $proxy_get_property `plugin_name` (i32.const 16) (i32.const 20)))
  (call $say `after`))
