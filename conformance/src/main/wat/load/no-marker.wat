;; No version marker.
@include memory
@include allocator
