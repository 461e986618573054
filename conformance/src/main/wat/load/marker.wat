@for version in 0_1_0 0_2_0 0_2_1
;; A module of one version.
@include memory
@include allocator
(func (export "proxy_abi_version_${version}"))
