package dev.sluice.conformance.subject;

import java.util.List;

/// What a client got.
public record Answer(int status, List<Field> fields, String body) {}
