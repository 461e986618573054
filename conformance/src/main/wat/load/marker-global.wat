;; The marker's name belongs to a global.
@include memory
@include allocator
(global (export "proxy_abi_version_0_2_1") i32 (i32.const 0))
