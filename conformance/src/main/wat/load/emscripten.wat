;; Calls what Emscripten's runtime imports.
@calls emscripten_notify_memory_growth pthread_equal
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $emscripten_notify_memory_growth (i32.const 0))
  (call $say2 `pthread_equal`
    (call $pthread_equal (i32.const 5) (i32.const 5))
    (call $pthread_equal (i32.const 5) (i32.const 6)))
  (i32.const 0))
