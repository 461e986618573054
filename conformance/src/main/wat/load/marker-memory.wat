;; The marker's name belongs to the memory.
@include allocator
(memory (export "memory") (export "proxy_abi_version_0_2_1") 2)
