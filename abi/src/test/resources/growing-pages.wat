;; proxy_on_request_headers(context, times, end) grows its memory by a page so many times.
(module
  (memory (export "memory") 1)
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "malloc") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_request_headers") (param i32) (param $times i32) (param i32) (result i32)
    (loop $again
      (drop (memory.grow (i32.const 1)))
      (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (i32.const 0)))
