;; Writes a text to a file descriptor: the vector is at 32, the number of bytes written at 40.
@calls fd_write
(func $write (param $fd i32) (param $from i32) (param $size i32) (result i32)
  (i32.store (i32.const 32) (local.get $from))
  (i32.store (i32.const 36) (local.get $size))
  (call $fd_write (local.get $fd) (i32.const 32) (i32.const 1) (i32.const 40)))
