;; Declares two versions, the lower first.
@include memory
@include allocator
(func (export "proxy_abi_version_0_1_0") (export "proxy_abi_version_0_2_1"))
