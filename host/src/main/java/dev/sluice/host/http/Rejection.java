package dev.sluice.host.http;

/// Why a message is not served: a status and a short reason that may be told to the client.
///
/// @param status the local reply's status
/// @param reason lower case, no values from the message
public record Rejection(int status, String reason) {}
