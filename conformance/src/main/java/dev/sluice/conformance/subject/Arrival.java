package dev.sluice.conformance.subject;

import java.util.List;

/// A whole request that reached an upstream.
///
/// @param fields as they came, without pseudo-headers
/// @param body Latin-1
public record Arrival(
        String method, String path, List<Field> fields, String body, List<Field> trailers) {}
