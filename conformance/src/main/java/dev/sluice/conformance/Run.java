package dev.sluice.conformance;

import java.nio.file.Path;
import java.util.SequencedMap;

/// What a row is given while it runs.
///
/// @param longForm whether it takes the time it needs for figures instead of the short form
/// @param folder empty, and deleted afterwards
/// @param figures what it measured, by name with unit, such as `p99SteadyMs`
public record Run(boolean longForm, Path folder, SequencedMap<String, Double> figures) {}
