;; Counts the root contexts of its VM; says its own configuration and root id.
@calls proxy_get_buffer_bytes proxy_get_property
@include plugin
(global $roots (mut i32) (i32.const 0))
(func (export "proxy_on_context_create") (param i32 i32)
  (if (i32.eqz (local.get 1))
    (then (global.set $roots (i32.add (global.get $roots) (i32.const 1))))))
(func (export "proxy_on_configure") (param i32 i32) (result i32)
  (call $given `configuration` (call $proxy_get_buffer_bytes
    (i32.const 7) (i32.const 0) (i32.const 100) (i32.const 16) (i32.const 20)))
  (i32.const 1))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $given `root`
    (call $proxy_get_property `plugin_root_id` (i32.const 16) (i32.const 20)))
  (call $say1 `roots` (global.get $roots))
  (i32.const 0))
