@include marker
@include memory
@include allocator
@include say
