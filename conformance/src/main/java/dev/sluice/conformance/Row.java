package dev.sluice.conformance;

/// One fact, and how one sees whether it holds.
///
/// @param id such as `H-004`; rows of one id against several subjects share it
/// @param against what it is tried on, such as `abi` or `gateway`
/// @param says the fact, in one sentence
public record Row(String id, String against, String says, Check check) {}
