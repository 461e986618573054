package dev.sluice.host.admin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request to the config API, whole.
///
/// @param host the `Host` field, or empty
/// @param query the last value of each parameter
/// @param contentType as sent, or empty
/// @param body own copy
@SuppressWarnings("ArrayRecordComponent") // bytes, never compared
record AdminRequest(
        String method,
        String path,
        String host,
        Map<String, String> query,
        String contentType,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        byte[] body) {}
