;; `$call` calls an upstream by its name, holding the token at 28; `$resume` lets the request go on
;; that made the call.
@calls proxy_http_call proxy_set_effective_context proxy_continue_stream
(global $stream (mut i32) (i32.const 0))
(func $call (param $name i32) (param $size i32) (param $head i32) (param $head_size i32)
    (param $timeout i32)
  (i32.store (i32.const 28) (i32.const -1))
  (call $say2 `call`
    (call $proxy_http_call (local.get $name) (local.get $size)
      (local.get $head) (local.get $head_size) `` `` (local.get $timeout) (i32.const 28))
    (i32.ne (i32.load (i32.const 28)) (i32.const 0))))
(func $resume
  (drop (call $proxy_set_effective_context (global.get $stream)))
  (drop (call $proxy_continue_stream (i32.const 0))))
